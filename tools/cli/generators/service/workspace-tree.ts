/** The parts of Nx's virtual file system that the generator uses. Nx writes its changes after the generator returns. */
export interface WorkspaceTree {
  readonly root: string;
  exists(path: string): boolean;
  read(path: string, encoding: 'utf-8'): string | null;
  write(path: string, content: string): void;
  /** Names of the files and folders in a folder. */
  children(folder: string): string[];
}

/** Reads a file that must exist. @throws Error that names it */
export function readFile(tree: WorkspaceTree, path: string): string {
  const text = tree.read(path, 'utf-8');
  if (text === null) throw new Error(`There is no file ${path}.`);
  return text;
}
