// What was typed and not acknowledged yet, on this device: one record for each opened page of a
// person and a lesson. What a page left behind the next one takes up, if that page is gone.

// Held until the page goes; false where another page holds it. Unknown without a secure address.
const hold = (sitting) =>
  new Promise((resolve) => {
    if (!navigator.locks) return resolve(undefined);
    navigator.locks.request(`draft ${sitting}`, { ifAvailable: true }, (lock) => {
      resolve(Boolean(lock));
      return lock ? new Promise(() => {}) : undefined;
    });
  });

const attempted = (doing) => {
  try {
    return doing();
  } catch {
    // Storage is refused or full, or what lies there is not ours.
    return undefined;
  }
};

export class Kept {
  isLasting = true;

  constructor(person, place, sitting) {
    this.prefix = `draft ${person} ${place} `;
    this.sitting = sitting;
    hold(sitting);
  }

  write(record) {
    const text = JSON.stringify(record);
    this.isLasting = attempted(() => localStorage.setItem(this.prefix + this.sitting, text)) === undefined
      && attempted(() => localStorage.getItem(this.prefix + this.sitting)) === text;
  }

  drop(sitting = this.sitting) {
    attempted(() => localStorage.removeItem(this.prefix + sitting));
  }

  // A page that is gone goes on as this one: what it saved is not a stranger's then. Where nobody
  // can tell whether it is gone, its text is written anew, over the number that it saw.
  async takeUp() {
    const keys = attempted(() => Object.keys(localStorage)) ?? [];
    for (const key of keys.filter((one) => one.startsWith(this.prefix))) {
      const sitting = key.slice(this.prefix.length);
      const record = attempted(() => JSON.parse(localStorage.getItem(key)));
      const isGone = await hold(sitting);
      if (record && isGone) return { ...record, sitting: (this.sitting = sitting) };
      if (record && isGone === undefined) {
        this.drop(sitting);
        return { ...record, sitting: this.sitting, turn: 0 };
      }
    }
    return undefined;
  }
}
