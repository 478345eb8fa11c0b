// Brings the text, the list of finds and the linter up to date after something was saved.
const PARTS = ["#select", "#found-panel", "#lint-panel"];

export function refresh(address) {
  const request = new XMLHttpRequest();
  request.open("GET", address);
  request.responseType = "document"; // parsed by the browser, and none of its scripts run
  request.addEventListener("load", () => request.status === 200 && replace(request.responseXML));
  request.send();
}

function replace(fresh) {
  for (const part of PARTS) {
    const [old, now] = [document.querySelector(part), fresh?.querySelector(part)];
    if (old && now && !old.contains(document.activeElement)) old.replaceWith(document.adoptNode(now));
  }
}

// A find that was new has been stored.
export function settle(inspector) {
  for (const sign of inspector.querySelectorAll("[data-new]")) sign.remove();
  const remove = inspector.querySelector("[data-stored]");
  remove.textContent = remove.dataset.stored;
}
