/** Files that are dropped on an element or pasted into it; a text that is pasted stays the field's own. */
interface FileTarget {
  /** Whether files are held over the element now. */
  readonly isOver: boolean;
  attach: (element: HTMLElement) => () => void;
  paste: (event: ClipboardEvent) => void;
}

export function acceptFiles(onfiles: (files: File[]) => void): FileTarget {
  let depth = $state(0);
  const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;

  function attach(element: HTMLElement) {
    const leaving = new AbortController();
    const on = (type: 'dragenter' | 'dragleave' | 'dragover' | 'drop', react: (event: DragEvent) => void) =>
      element.addEventListener(
        type,
        (event) => {
          if (!hasFiles(event)) return;
          event.preventDefault();
          react(event);
        },
        { signal: leaving.signal },
      );
    // Each element within tells of its own entering and leaving.
    on('dragenter', () => (depth += 1));
    on('dragleave', () => (depth = Math.max(0, depth - 1)));
    on('dragover', () => undefined);
    on('drop', (event) => {
      depth = 0;
      onfiles([...(event.dataTransfer?.files ?? [])]);
    });
    return () => leaving.abort();
  }

  function paste(event: ClipboardEvent) {
    const files = [...(event.clipboardData?.files ?? [])];
    // A program that copies cells or formatted text adds a picture of them.
    if (files.length === 0 || event.clipboardData?.types.includes('text/plain')) return;
    event.preventDefault();
    onfiles(files);
  }

  return {
    get isOver() {
      return depth > 0;
    },
    attach,
    paste,
  };
}
