/**
 * Answers that are on their way into their execution. n8n 1.123 lets two that come in the same moment both in, and what
 * follows would run twice. Within one process this keeps the second out.
 */
const KEEP_MS = 60_000;

const claimed = new Map<string, number>();

/** False for a question that has its answer. If n8n did not take that, another may come after a minute. */
export function claim(question: string, now: number): boolean {
	for (const [key, at] of claimed) {
		// A Map keeps the order of insertion.
		if (now - at < KEEP_MS) break;
		claimed.delete(key);
	}
	if (claimed.has(question)) return false;
	claimed.set(question, now);
	return true;
}
