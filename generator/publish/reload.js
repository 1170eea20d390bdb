// On pages that `fihrist serve` sends: loads them again when they were written anew, where they were
// scrolled to, and says what keeps a site from being built.
(function (at, trouble) {
  const page = decodeURI(location.pathname).replace(/index\.html$/, "");
  const changes = new EventSource(`/.changes?since=${at}`);

  changes.onmessage = (event) => {
    const told = JSON.parse(event.data);
    show(told.trouble);
    if (told.number === at || (told.pages && !told.pages.includes(page))) return;
    sessionStorage.setItem("fihrist.scroll", scrollY);
    location.reload();
  };
  addEventListener("pagehide", () => changes.close());

  const scrolled = sessionStorage.getItem("fihrist.scroll");
  if (scrolled) {
    sessionStorage.removeItem("fihrist.scroll");
    addEventListener("load", () => scrollTo(0, +scrolled));
  }

  function show(text) {
    document.getElementById("fh-trouble")?.remove();
    if (!text) return;
    const shown = document.createElement("pre");
    shown.id = "fh-trouble";
    shown.dir = "ltr";
    shown.setAttribute("role", "alert");
    shown.style.cssText =
      "position:fixed;inset:auto 0 0;z-index:99;max-height:50vh;overflow:auto;margin:0;padding:1rem;" +
      "color:#fff;background:#7a0016;font:14px/1.6 monospace;white-space:pre-wrap";
    shown.textContent = text;
    document.body.append(shown);
  }
  show(trouble);
})(AT, TROUBLE);
