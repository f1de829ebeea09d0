(()=>{"use strict";document.getElementById("app").textContent="Your archive"})();
