{% load i18n static %}// Keeps on the device what a page allows to be kept, for the person it names and nobody else.

const SHELL = [
  "{% static 'partnership/site.css' %}",
  "{% static 'partnership/theme.js' %}",
  "{% static 'partnership/site.js' %}",
  "{% static 'partnership/mark.svg' %}",
  "{% static 'courses/lesson.js' %}",
  "{% static 'courses/ticks.js' %}",
  "{% static 'courses/self-check.js' %}",
  "{% static 'courses/keeping.js' %}",
  "{% static 'courses/offline.js' %}",
  "{% static 'courses/leaving.js' %}",
  "{% static 'courses/quiz.js' %}",
  "{% static 'courses/steps.js' %}",
  "{% static 'courses/answers.js' %}",
  "{% static 'courses/line.js' %}",
  "{% static 'courses/store.js' %}",
  "{% static 'courses/clock.js' %}",
  "{% static 'courses/sign-in.js' %}",
];
const OFFLINE = "{% url 'courses:offline' %}";
const KEPT_AT = "{% filter escapejs %}{% translate 'No line: this is the copy that was kept on this device on {at}.' %}{% endfilter %}";
importScripts("{% static 'courses/shelf.js' %}", "{% static 'courses/modules.js' %}", "{% static 'courses/worker.js' %}");
