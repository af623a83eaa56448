// What this device keeps: one database for each person, opened only on pages of that person.

const done = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
    request.onblocked = () => resolve();
  });

const finished = (transaction) =>
  new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
  });

export const newKey = () =>
  [...crypto.getRandomValues(new Uint8Array(12))]
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("");

const nameOf = (person) => `answers-${person}`;

// The database writes a moment later, and a page that goes in that moment takes the writing with
// it. So every record also stands where it is written at once, until the database has it.
const notes = (person) => {
  const prefix = `answer ${person} `;
  const keyOf = ({ attempt, question }) => `${prefix}${attempt} ${question}`;
  const attempted = (doing) => {
    try {
      return doing();
    } catch {
      // Storage is refused or full: the database alone must do.
      return undefined;
    }
  };
  return {
    write: (record) => {
      const text = JSON.stringify(record);
      attempted(() => localStorage.setItem(keyOf(record), text));
      return text;
    },
    // Only what the database has: a newer note of the same answer stays.
    drop: (record, text) =>
      attempted(() => {
        const isNewer = text && localStorage.getItem(keyOf(record)) !== text;
        if (!isNewer) localStorage.removeItem(keyOf(record));
      }),
    all: () =>
      attempted(() =>
        Object.entries(localStorage)
          .filter(([key]) => key.startsWith(prefix))
          .map(([, text]) => text),
      ) ?? [],
  };
};

// Says to the rest of the site that there may be something to ask about at sign-out.
const mark = (person) => {
  try {
    if (person) localStorage.setItem("answers", person);
    else localStorage.removeItem("answers");
  } catch {
    // Storage is refused, and so is the database.
  }
};

// What a learner would call this device, and four letters to tell two alike from each other.
export const deviceName = () => {
  const kind = navigator.userAgentData?.platform || navigator.platform || "";
  let own = "";
  try {
    own = localStorage.getItem("device") ?? Math.random().toString(36).slice(2, 6);
    localStorage.setItem("device", own);
  } catch {
    // Storage is refused: the kind must do.
  }
  return `${kind} ${own}`.trim().slice(0, 40);
};

const open = async (person) => {
  try {
    const asked = indexedDB.open(nameOf(person), 1);
    asked.onupgradeneeded = () =>
      asked.result.createObjectStore("answers", { keyPath: ["attempt", "question"] });
    const database = await done(asked);
    database.onversionchange = () => database.close();
    return database;
  } catch {
    return undefined;
  }
};

// Where storage is refused, the page itself remembers: `isLasting` says so.
const memory = () => {
  const kept = new Map();
  const keyOf = ({ attempt, question }) => `${attempt} ${question}`;
  return {
    isLasting: false,
    put: async (record) => kept.set(keyOf(record), record),
    remove: async (attempt, question) => kept.delete(keyOf({ attempt, question })),
    removeSent: async (sent) =>
      kept.get(keyOf(sent))?.key === sent.key && kept.delete(keyOf(sent)),
    of: async (attempt) => [...kept.values()].filter((record) => record.attempt === attempt),
    waiting: async () => [...kept.values()].filter((record) => record.state === "waiting"),
  };
};

export const shelfOf = async (person) => {
  const database = await open(person);
  if (!database) return memory();
  const store = (mode) => database.transaction("answers", mode).objectStore("answers");
  const noted = notes(person);
  const putNoted = async (text) => {
    const answers = store("readwrite");
    const written = finished(answers.transaction);
    answers.put(JSON.parse(text));
    await written;
    noted.drop(JSON.parse(text), text);
  };
  // What an earlier page noted and could not write any more.
  await Promise.all(noted.all().map(putNoted));
  const shelf = {
    isLasting: true,
    // A full or broken store must not keep an answer from being sent: the page says what it is.
    put: async (record) => {
      mark(person);
      const text = noted.write(record);
      await putNoted(text).catch(() => {
        shelf.isLasting = false;
      });
    },
    remove: (attempt, question) => {
      noted.drop({ attempt, question });
      return done(store("readwrite").delete([attempt, question]));
    },
    // What was put anew while that was on its way stays.
    removeSent: async ({ attempt, question, key }) => {
      const answers = store("readwrite");
      const found = await done(answers.get([attempt, question]));
      if (found?.key === key) await done(answers.delete([attempt, question]));
    },
    of: (attempt) => done(store("readonly").getAll(IDBKeyRange.bound([attempt], [attempt, []]))),
    waiting: async () => {
      const all = await done(store("readonly").getAll());
      return all.filter((record) => record.state === "waiting");
    },
  };
  return shelf;
};

export const forget = async (person) => {
  const noted = notes(person);
  for (const text of noted.all()) noted.drop(JSON.parse(text));
  await done(indexedDB.deleteDatabase(nameOf(person)));
  mark();
};
