// Prints the request and copies it as text. Without this file the links still work.
const status = document.querySelector("[role=status]");
const source = document.querySelector("#as-text");

async function copy() {
  try {
    await navigator.clipboard.writeText(source.value);
  } catch {
    // There is no clipboard on a page without https: the old way.
    source.hidden = false;
    source.select();
    const copied = document.execCommand("copy");
    source.hidden = true;
    if (!copied) {
      status.textContent = status.dataset.notCopied;
      return;
    }
  }
  status.textContent = status.dataset.copied;
}

const does = { print: () => window.print(), copy };
for (const button of document.querySelectorAll("button[data-does]")) {
  button.hidden = false;
  button.addEventListener("click", does[button.dataset.does]);
}
