/* Runs before every other script of a page: where the store is closed or full, the theme's scripts would end at their
   first use of it, and search and menus with them. They get a stand-in, which forgets with the page. */
import { Journal } from "../journal.js";
import { SharedStore, secured } from "../store.js";
import { foretell } from "../under-way.js";

secured("sessionStorage");
window.candor = { store: new SharedStore(secured("localStorage"), new Journal()) };
foretell(window.candor.store);
