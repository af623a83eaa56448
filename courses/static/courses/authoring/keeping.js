// What was typed and not acknowledged yet, on this device: one text for each person and lesson.

export class Kept {
  isLasting = true;

  constructor(person, place) {
    this.key = `draft ${person} ${place}`;
  }

  read() {
    try {
      return JSON.parse(localStorage.getItem(this.key) ?? "null");
    } catch {
      // Storage is refused, or what lies there is not ours.
      return null;
    }
  }

  write(record) {
    try {
      localStorage.setItem(this.key, JSON.stringify(record));
      this.isLasting = true;
    } catch {
      // Refused or full: the page itself must stay open until the text is saved.
      this.isLasting = false;
    }
  }

  drop() {
    try {
      localStorage.removeItem(this.key);
    } catch {
      // Nothing lies there.
    }
  }
}
