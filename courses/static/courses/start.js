// Gets the device ready before the quiz begins: then its page is kept from the first moment.

navigator.serviceWorker?.register("/sw.js").catch(() => {});
