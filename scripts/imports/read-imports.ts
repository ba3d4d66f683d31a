import { join } from 'node:path';
import { type Node, type SourceFile, SyntaxKind } from 'typescript/unstable/ast';
import {
  isCallExpression,
  isExportDeclaration,
  isExternalModuleReference,
  isIdentifier,
  isImportDeclaration,
  isImportEqualsDeclaration,
  isImportTypeNode,
  isLiteralTypeNode,
  isMetaProperty,
  isPropertyAccessExpression,
  isStringLiteralLikeNode,
} from 'typescript/unstable/ast/is';
import { API } from 'typescript/unstable/sync';

import type { Kind } from './target.ts';

export interface Import {
  /** From the root of the repository, as is each path here. */
  readonly file: string;
  readonly line: number;
  /** Undefined when it is computed: no rule can be held against it. */
  readonly specifier: string | undefined;
  readonly kind: Kind;
}

/** All imports of these files, read by the parser of the TypeScript that checks them. */
export function readImports(root: string, files: readonly string[]): Import[] {
  using api = openApi(root, files);
  return files.flatMap((file) => importsOf(file, api.sourceFile(file)));
}

/** A project of exactly these files: without libraries and without what they import, a parse of 700 takes half a second. */
function openApi(root: string, files: readonly string[]) {
  const config = join(root, 'tsconfig.imports.json');
  const text = JSON.stringify({
    files,
    compilerOptions: { noResolve: true, noLib: true, types: [], allowJs: true, jsx: 'preserve', module: 'preserve' },
  });
  const readFile = (path: string) => (path === config ? text : undefined);
  const fileExists = (path: string) => (path === config ? true : undefined);
  const api = new API({ cwd: root, fs: { readFile, fileExists } });
  const program = api.updateSnapshot({ openProjects: [config] }).getProject(config)?.program;
  return {
    sourceFile(file: string): SourceFile {
      const parsed = program?.getSourceFile(join(root, file));
      if (parsed === undefined) throw new Error(`TypeScript could not read ${file}`);
      return parsed;
    },
    [Symbol.dispose]: () => api.close(),
  };
}

function importsOf(file: string, source: SourceFile): Import[] {
  const found: Import[] = [];
  const add = (position: number, imported: Pick<Import, 'specifier' | 'kind'>) =>
    found.push({ file, line: source.text.slice(0, position).split('\n').length, ...imported });
  for (const { fileName, pos } of source.referencedFiles) add(pos, { specifier: `./${fileName}`, kind: 'type' });
  for (const { fileName, pos } of source.typeReferenceDirectives) add(pos, { specifier: fileName, kind: 'type' });
  const visit = (node: Node): void => {
    const imported = importIn(node);
    if (imported !== undefined) add(node.end, imported);
    node.forEachChild(visit);
  };
  visit(source);
  return found;
}

function importIn(node: Node): Pick<Import, 'specifier' | 'kind'> | undefined {
  if (isImportDeclaration(node)) {
    const onlyTypes = node.importClause?.phaseModifier === SyntaxKind.TypeKeyword;
    return { specifier: textOf(node.moduleSpecifier), kind: onlyTypes ? 'type' : 'value' };
  }
  if (isExportDeclaration(node) && node.moduleSpecifier !== undefined)
    return { specifier: textOf(node.moduleSpecifier), kind: node.isTypeOnly ? 'type' : 'value' };
  if (isImportEqualsDeclaration(node) && isExternalModuleReference(node.moduleReference))
    return { specifier: textOf(node.moduleReference.expression), kind: node.isTypeOnly ? 'type' : 'value' };
  if (isImportTypeNode(node))
    return { specifier: isLiteralTypeNode(node.argument) ? textOf(node.argument.literal) : undefined, kind: 'type' };
  if (isCallExpression(node) && loadsModule(node.expression))
    return { specifier: textOf(node.arguments[0]), kind: 'value' };
  return undefined;
}

/** `import()`, `require()`, `require.resolve()` and `import.meta.resolve()`. */
function loadsModule(called: Node): boolean {
  if (called.kind === SyntaxKind.ImportKeyword) return true;
  if (isPropertyAccessExpression(called) && called.name.text === 'resolve')
    return isMetaProperty(called.expression) || isRequire(called.expression);
  return isRequire(called);
}

function isRequire(node: Node): boolean {
  return isIdentifier(node) && node.text === 'require';
}

function textOf(node: Node | undefined): string | undefined {
  return node !== undefined && isStringLiteralLikeNode(node) ? node.text : undefined;
}
