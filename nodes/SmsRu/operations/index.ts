/** What SMS.RU can do besides sending. */
import type { BilledOperation } from '../../shared/contract/gateway';
import type { Operation } from '../../shared/contract/operation';
import { addCallback } from './addCallback';
import { addCheck } from './addCheck';
import { addToStopList } from './addToStopList';
import { callWithCode } from './callWithCode';
import { getBalance } from './getBalance';
import { getCallbacks } from './getCallbacks';
import { getCheck } from './getCheck';
import { getLimits } from './getLimits';
import { getSenders } from './getSenders';
import { getStatus } from './getStatus';
import { getStopList } from './getStopList';
import { removeCallback } from './removeCallback';
import { removeFromStopList } from './removeFromStopList';

export const smsRuOperations: readonly Operation[] = [
	getStatus,
	getBalance,
	getLimits,
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

export const smsRuBilledOperations: readonly BilledOperation[] = [callWithCode];
