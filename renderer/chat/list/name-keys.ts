/** F2 renames what has the focus, Delete deletes it; every other key goes on. */
export function nameKeys(rename: () => void, remove: () => void): (event: KeyboardEvent) => void {
  return (event) => {
    if (event.key === 'F2') rename();
    else if (event.key === 'Delete') remove();
    else return;
    event.preventDefault();
  };
}
