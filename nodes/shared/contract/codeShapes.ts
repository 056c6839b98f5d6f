/** What most gateways have a code for, by what is wrong. Each row says what happened and how to get unstuck. */
import { codeShape } from './codes';

export const credential = codeShape('authentication', 'after_fix', { fatal: true });
export const money = codeShape('insufficient_funds', 'after_fix', { fatal: true });
export const recipient = codeShape('invalid_recipient', 'after_fix');
export const sender = codeShape('invalid_sender', 'after_fix');
export const parameter = codeShape('invalid_parameter', 'after_fix');
export const content = codeShape('content_rejected', 'after_fix');
export const limit = codeShape('rate_limited', 'later');
export const noRoute = codeShape('no_route', 'never');
export const unknownMessage = codeShape('invalid_parameter', 'never');
/** The gateway had an error, or keeps trying: the text may have gone out, or may still. */
export const inDoubt = codeShape('temporary', 'check_first', { mayBeAccepted: true });

/** What became of a text that was accepted. */
export const wrongNumber = codeShape('invalid_recipient', 'never');
export const blocked = codeShape('blocked_recipient', 'never');
export const undelivered = codeShape('unknown', 'never');
export const unreachable = codeShape('temporary', 'never');
/** Also for a query: trying again may help. */
export const notNow = codeShape('temporary', 'later');
