import { toSampleStream } from '../csv-writer';
import type { SampleStream, SampleOptions } from '../sample';
import { generateRetail } from './company';
import { eventsFile } from './events-file';
import { feedbackFile } from './feedback-file';
import { membersFile } from './members-file';
import { ordersFile } from './orders-file';
import { planSessions } from './sessions';
import { campaignsFile, externalFile, holidaysFile } from './series-files';
import { truthFile, truthMembersFile } from './truth-files';

/** The files of the retail chain, the orders first. `onShare` hears of the planning, 0..1. */
export function retailFiles(options: SampleOptions, onShare?: (share: number) => void): readonly SampleStream[] {
  const company = generateRetail(options, onShare);
  const { locale } = options;
  const log = planSessions(company);
  return [
    toSampleStream(ordersFile(company, locale)),
    toSampleStream(membersFile(company, locale)),
    toSampleStream(eventsFile(company, log, locale)),
    toSampleStream(feedbackFile(company, locale)),
    toSampleStream(externalFile(company, locale)),
    toSampleStream(campaignsFile(company, locale)),
    toSampleStream(holidaysFile(company, locale)),
    truthFile(company, log),
    toSampleStream(truthMembersFile(company)),
  ];
}
