{% load static %}// Keeps on the device what a page allows to be kept, for the person it names and nobody else.

const SHELL = [
  "{% static 'partnership/site.css' %}",
  "{% static 'partnership/theme.js' %}",
  "{% static 'partnership/site.js' %}",
  "{% static 'partnership/mark.svg' %}",
  "{% static 'courses/quiz.js' %}",
  "{% static 'courses/steps.js' %}",
  "{% static 'courses/answers.js' %}",
  "{% static 'courses/line.js' %}",
  "{% static 'courses/store.js' %}",
  "{% static 'courses/clock.js' %}",
  "{% static 'courses/sign-in.js' %}",
];
importScripts("{% static 'courses/worker.js' %}");
