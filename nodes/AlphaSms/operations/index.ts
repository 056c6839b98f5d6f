/** What AlphaSMS can do besides sending. */
import type { Operation } from '../../shared/contract/operation';
import type { BilledOperation } from '../../shared/contract/gateway';
import { callWithCode } from './callWithCode';
import { cancel } from './cancel';
import { getBalance } from './getBalance';
import { getStatus } from './getStatus';
import { lookUp } from './lookUp';

export const alphaSmsOperations: readonly Operation[] = [getStatus, cancel, getBalance];

/** What goes out to a number besides messages, and is charged. */
export const alphaSmsBilledOperations: readonly BilledOperation[] = [lookUp, callWithCode];
