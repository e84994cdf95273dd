import { access, chmod, constants, mkdir, readFile, realpath, rename, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join, sep } from 'node:path';
import { packageManifest } from './installed-package';

/** A tool that a buildspec installs globally and that this machine has already, in exactly that version. */
export interface InstalledTool {
  readonly packageName: string;
  readonly version: string;
  /** Command -> JavaScript file that Node runs. */
  readonly commands: Readonly<Record<string, string>>;
}

/** The local stand-in for CodeBuild's image: folders in front of the PATH of every build. */
export interface BuildImage {
  /** `PATH` of a build whose own commands are linked into `buildBin`. */
  path(buildBin: string): string;
}

/**
 * Prepares the build image in `folder`.
 *
 * CodeBuild's machines are empty, so the buildspecs of CDK Pipelines install their tools globally in every
 * action: tens of downloads a release, and a change of the developer's own global packages. Here an `npm` in
 * front of the real one answers a global install of exactly a version that the workspace pins by linking it into
 * the build, and sends every other global install into `folder`. Nothing else of npm changes.
 */
export async function prepareBuildImage(
  folder: string,
  tools?: readonly InstalledTool[],
): Promise<BuildImage> {
  const bin = join(folder, 'bin');
  const toolFolder = join(folder, 'tools');
  const prefix = join(folder, 'global');
  const inherited = (process.env.PATH ?? '')
    .split(delimiter)
    // What `pnpm exec` put there for the daemon is not on a build machine.
    .filter((entry) => entry && !entry.endsWith(`${sep}node_modules${sep}.bin`) && entry !== bin);
  const known = tools ?? (await workspaceTools(inherited));
  await Promise.all([bin, toolFolder, join(prefix, 'bin')].map((path) => mkdir(path, { recursive: true })));
  for (const tool of known) await writeTool(toolFolder, tool);
  await writeProgram(join(bin, 'npm'), npmScript(await findOnPath('npm', inherited), prefix, toolFolder));
  return {
    path: (buildBin) =>
      [buildBin, bin, join(prefix, 'bin'), dirname(process.execPath), ...inherited].join(delimiter),
  };
}

/** The pinned CDK tools of this package and the pnpm that is on the PATH. */
async function workspaceTools(path: readonly string[]): Promise<readonly InstalledTool[]> {
  const tools = [await packageTool('aws-cdk'), await packageTool('cdk-assets')];
  const pnpm = await findOnPath('pnpm', path);
  const tool = pnpm === undefined ? undefined : await owningPackage(await realpath(pnpm), 'pnpm');
  return tool ? [...tools, tool] : tools;
}

async function packageTool(name: string): Promise<InstalledTool> {
  const file = packageManifest(name);
  const { version, bin } = JSON.parse(await readFile(file, 'utf8')) as {
    version: string;
    bin: Record<string, string>;
  };
  const commands = Object.entries(bin).map(([command, script]) => [command, join(dirname(file), script)]);
  return { packageName: name, version, commands: Object.fromEntries(commands) };
}

async function owningPackage(script: string, name: string): Promise<InstalledTool | undefined> {
  for (let folder = dirname(script); folder !== dirname(folder); folder = dirname(folder)) {
    const text = await readFile(join(folder, 'package.json'), 'utf8').catch(() => undefined);
    if (text === undefined) continue;
    const found = JSON.parse(text) as { name?: string; version?: string };
    if (found.name !== name || !found.version) return undefined;
    return { packageName: name, version: found.version, commands: { [name]: script } };
  }
  return undefined;
}

async function writeTool(toolFolder: string, tool: InstalledTool): Promise<void> {
  const folder = join(toolFolder, `${tool.packageName.replace('/', '+')}@${tool.version}`);
  await mkdir(folder, { recursive: true });
  for (const [command, script] of Object.entries(tool.commands))
    await writeProgram(
      join(folder, command),
      `#!/bin/sh\nexec ${quote(process.execPath)} ${quote(script)} "$@"\n`,
    );
}

function npmScript(npm: string | undefined, prefix: string, toolFolder: string): string {
  const real = npm ? `exec ${quote(npm)}` : 'echo "npm is not installed on this machine" >&2; exit 127; :';
  return `#!/usr/bin/env bash
# Written by the local cloud at each start.
set -u
command=''; global=''; packages=(); others=()
for argument in "$@"; do
  case "$argument" in
    -g|--global) global=1 ;;
    -*) others+=("$argument") ;;
    *) if [ -z "$command" ]; then command="$argument"; else packages+=("$argument"); fi ;;
  esac
done
case "$command" in install|i|add) ;; *) global='' ;; esac
if [ -z "$global" ]; then ${real} "$@"; fi
missing=()
for package in "\${packages[@]+"\${packages[@]}"}"; do
  tool=${quote(toolFolder)}/"\${package//\\//+}"
  if [ -d "$tool" ] && [ -n "\${GRANARY_BUILD_BIN:-}" ]; then
    ln -sf "$tool"/* "$GRANARY_BUILD_BIN"/
    echo "$package: the workspace has this version"
  else
    missing+=("$package")
  fi
done
if [ "\${#missing[@]}" -eq 0 ]; then exit 0; fi
${real} install --global --prefix ${quote(prefix)} "\${others[@]+"\${others[@]}"}" "\${missing[@]}"
`;
}

async function writeProgram(file: string, text: string): Promise<void> {
  await writeFile(`${file}.new`, text);
  await chmod(`${file}.new`, 0o755);
  await rename(`${file}.new`, file);
}

async function findOnPath(command: string, path: readonly string[]): Promise<string | undefined> {
  for (const folder of path) {
    const file = join(folder, command);
    const runs = await access(file, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (runs) return file;
  }
  return undefined;
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
