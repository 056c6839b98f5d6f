/** What SMS.RU can do besides sending. */
import type { Operation } from '../../shared/contract/operation';
import { getBalance, getFree, getLimit, getSenders } from './account';
import { addCallback, getCallbacks, removeCallback } from './callback';
import { getStatus } from './message';
import { addToStopList, getStopList, removeFromStopList } from './stopList';
import { addCheck, getCheck } from './verification';

export const smsRuOperations: readonly Operation[] = [
	getStatus,
	getBalance,
	getLimit,
	getFree,
	getSenders,
	addToStopList,
	removeFromStopList,
	getStopList,
	addCheck,
	getCheck,
	addCallback,
	removeCallback,
	getCallbacks,
];
