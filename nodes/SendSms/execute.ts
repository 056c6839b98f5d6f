/** Runs Send SMS through the gateways that each row is for. */
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { executeSmsNode } from '../shared/execute';
import { runInquiries } from '../shared/operations/run';
import { refuseEveryRow } from '../shared/output/refusal';
import { readChoice } from './choice';
import { readInquiries } from './inquiries';

export async function executeSendSms(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const choice = readChoice(context);
	if ('refusal' in choice) return [refuseEveryRow(context, choice.about, choice.refusal)];
	const { gateway, ...others } = choice;
	const inquiries = readInquiries(context, gateway);
	if (inquiries === null) return await executeSmsNode(context, gateway, others);
	if ('refusal' in inquiries) return [refuseEveryRow(context, inquiries.about, inquiries.refusal)];
	return [await runInquiries(context, inquiries.inquiries, inquiries.refused)];
}
