import type { AuditVerification } from '@granary/api';

/**
 * Walks a chain to its end: the API does it in pieces.
 *
 * @param ask for the piece behind a line
 * @param onProgress is told the line up to which all holds
 */
export async function verifyChain(
  ask: (after: number) => Promise<AuditVerification>,
  onProgress: (line: number) => void,
): Promise<AuditVerification> {
  let anchors = 0;
  let after = 0;
  for (;;) {
    const piece = await ask(after);
    anchors += piece.anchors;
    const { sequence } = piece.head;
    if (piece.verdict !== 'unfinished') return { ...piece, anchors };
    if (sequence <= after) throw new Error(`the walk over the audit log stays at line ${after}`);
    after = sequence;
    onProgress(after);
  }
}
