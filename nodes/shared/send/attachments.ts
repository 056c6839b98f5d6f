/** The files of a row's binary fields. */
import { createHash } from 'node:crypto';
import type { BaseOptions } from '../contract/message';
import type { Refused } from '../contract/outcome';
import { refuseInput } from '../contract/outcome';
import type { Attachment } from '../contract/request';
import type { Job } from './job';

export interface Attached {
	readonly files: readonly Attachment[];
	/** Why they cannot be read; null when they were, or when there are none to read. */
	readonly problem: Refused | null;
	/** Equal for equal files. */
	readonly key: string;
}

const NOTHING: Attached = { files: [], problem: null, key: '' };

export async function readAttachments(job: Job, row: number, options: BaseOptions): Promise<Attached> {
	const names = job.sender.readAttachmentFields?.(options) ?? [];
	if (names.length === 0) return NOTHING;
	const files: Attachment[] = [];
	for (const name of names) {
		const file = await readFile(job, row, name);
		if ('accepted' in file) return { ...NOTHING, problem: file };
		files.push(file);
	}
	const hash = createHash('sha256');
	for (const { fileName, data } of files) hash.update(fileName).update(data);
	return { files, problem: null, key: hash.digest('hex') };
}

async function readFile({ context, items }: Job, row: number, name: string): Promise<Attachment | Refused> {
	const binary = items[row]?.binary?.[name];
	if (binary === undefined) {
		return refuseInput(
			'invalid_parameter',
			`This row has no file in a binary field "${name}". Nothing was sent.`,
			"Check 'Input Binary Fields' in the options.",
		);
	}
	try {
		const data = await context.helpers.getBinaryDataBuffer(row, name);
		return { fileName: binary.fileName ?? name, contentType: binary.mimeType, data };
	} catch (error) {
		const why = error instanceof Error ? error.message : String(error);
		return refuseInput(
			'invalid_parameter',
			`The file in the binary field "${name}" could not be read. Nothing was sent.`,
			`Run the step that makes this file again. Details: ${why}`,
		);
	}
}
