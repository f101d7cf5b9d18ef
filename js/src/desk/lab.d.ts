/** As much of JupyterLab as the desk uses: its widgets come from the page, and are no dependency of ours. */

export interface Signal<Sender, Value> {
  connect(slot: (sender: Sender, value: Value) => void): boolean;
  disconnect(slot: (sender: Sender, value: Value) => void): boolean;
}

export interface CandorMetadata {
  role?: string;
  kind?: string;
  options?: string[];
  words?: string;
  /** Of a question in a case: the cell that tells the part to which it belongs. */
  part?: string;
  assignment?: string;
  /** Set at release: when it is due, and what lateness costs. */
  due?: string;
  late?: string;
  /** Set at hand-in: when, and whose it is. */
  handed_in?: string;
  trainee?: string;
  /** The tag of the language in which it was made, where that is not English. */
  language?: string;
}

export interface SharedText {
  getSource(): string;
  transact(work: () => void): void;
  updateSource(start: number, end: number, value: string): void;
  undo(): void;
  redo(): void;
  undoManager?: { stopCapturing(): void } | null;
}

export interface CellModel {
  type: string;
  sharedModel: SharedText;
  contentChanged: Signal<CellModel, void>;
  getMetadata(key: "candor"): CandorMetadata | undefined;
  getMetadata(key: "nbgrader"): { grade_id?: string } | undefined;
  getMetadata(key: "editable"): boolean | undefined;
}

export interface Cell {
  node: HTMLElement;
  model: CellModel;
  isDisposed: boolean;
  isHidden: boolean;
  setHidden(hidden: boolean): void;
  ready: Promise<void>;
  headingCollapsed?: boolean;
  showEditorForReadOnly?: boolean;
}

/** What draws a notebook: each panel has its own. */
export interface Rendermime {
  sanitizer: { sanitize(dirty: string, options?: unknown): string };
  markdownParser?: { render(source: string): Promise<string> } | null;
}

export interface Notebook {
  node: HTMLElement;
  rendermime: Rendermime;
  model: {
    getMetadata(key: "candor"): CandorMetadata | undefined;
    cells: { changed: Signal<unknown, unknown> };
    toJSON(): { metadata?: { candor?: CandorMetadata } };
  };
  widgets: readonly Cell[];
  mode: "command" | "edit";
  activeCell: Cell | null;
  activeCellChanged: Signal<Notebook, Cell | null>;
  activeCellIndex: number;
  addClass(name: string): void;
  deselectAll(): void;
  isSelectedOrActive(cell: Cell): boolean;
  scrollToItem(index: number, align: string): Promise<void>;
}

export interface Context {
  path: string;
  ready: Promise<void>;
  model: { dirty: boolean };
  contentsModel: { writable?: boolean } | null;
  saveState: Signal<unknown, string>;
  sessionContext: { kernelPreference: Record<string, unknown> };
  save(): Promise<void>;
  revert(): Promise<void>;
}

export interface Widget {
  id: string;
  node: HTMLElement;
  isDisposed: boolean;
}

export type WidgetClass = new (options: { node: HTMLElement }) => Widget;

/** A part of the window that can be hidden. */
export interface Part { hide(): void }

export interface Application {
  restored: Promise<void>;
  commands: { hasCommand(id: string): boolean; execute(id: string): Promise<unknown> };
  shell: {
    top?: Part;
    menu?: Part;
    expandTop?(): void;
    collapseLeft?(): void;
    isSideTabBarVisible?(side: string): boolean;
    toggleSideTabBarVisibility?(side: string): void;
    widgets?(area: string): Iterable<Part>;
    add?(widget: Widget, area: string, options: { rank: number }): void;
  };
}

export interface Panel {
  node: HTMLElement;
  toolbar?: Part;
  content: Notebook;
  context: Context;
  contentHeader: { addWidget(widget: Widget): void; fit(): void };
  isDisposed: boolean;
  revealed: Promise<void>;
  disposed: Signal<Panel, void>;
}

export interface Tracker {
  forEach(work: (panel: Panel) => void): void;
  widgetAdded: Signal<Tracker, Panel>;
}

/** A module that Lab shares: versions of it, each to be had by `get`. */
export type ShareScope = Record<string, Record<string, { loaded?: unknown; get(): Promise<() => any> }>>;
