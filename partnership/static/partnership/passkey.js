// Passkeys: the browser makes one or shows one, and what it says goes back with the form.

const bytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));

const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

const known = (keys = []) => keys.map((key) => ({ ...key, id: bytes(key.id) }));

// The site's question, as the browser wants to be asked.
const question = async (form) => {
  const body = new URLSearchParams({
    csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value,
  });
  const headers = { Accept: "application/json" };
  const response = await fetch(form.dataset.question, { method: "POST", body, headers });
  const { publicKey, detail } = await response.json();
  if (!response.ok) throw new Error(detail);
  return { ...publicKey, challenge: bytes(publicKey.challenge) };
};

const make = async (form) => {
  const { user, excludeCredentials, ...rest } = await question(form);
  const publicKey = {
    ...rest,
    user: { ...user, id: bytes(user.id) },
    excludeCredentials: known(excludeCredentials),
  };
  const made = await navigator.credentials.create({ publicKey });
  return {
    ...named(made),
    clientExtensionResults: made.getClientExtensionResults(),
    response: {
      clientDataJSON: text(made.response.clientDataJSON),
      attestationObject: text(made.response.attestationObject),
    },
  };
};

const show = async (form) => {
  const { allowCredentials, ...rest } = await question(form);
  const publicKey = { ...rest, allowCredentials: known(allowCredentials) };
  const shown = await navigator.credentials.get({ publicKey });
  const { clientDataJSON, authenticatorData, signature, userHandle } = shown.response;
  return {
    ...named(shown),
    response: {
      clientDataJSON: text(clientDataJSON),
      authenticatorData: text(authenticatorData),
      signature: text(signature),
      userHandle: userHandle && text(userHandle),
    },
  };
};

const named = ({ id, rawId, type }) => ({ id, rawId: text(rawId), type });

const offer = (form) => {
  const act = form.dataset.passkey === "make" ? make : show;
  const told = form.querySelector("[data-told]");
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    told.hidden = true;
    try {
      form.elements.credential.value = JSON.stringify(await act(form));
      form.submit();
    } catch (error) {
      // Whoever closed the browser's window has said no; nothing else is known of why.
      told.textContent = error.name === "NotAllowedError" ? told.dataset.told : error.message;
      told.hidden = false;
    }
  });
};

if (window.PublicKeyCredential) {
  document.querySelectorAll("form[data-passkey]").forEach(offer);
  for (const without of document.querySelectorAll("[data-without-passkeys]")) without.hidden = true;
}
