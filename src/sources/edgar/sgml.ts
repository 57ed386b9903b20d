import { normalizeCik } from '../../core/index.js';
import {
  acceptanceInstant,
  headerValue,
  readDate,
  type SgmlDocument,
  submissionDocuments,
  submissionHeader,
} from '../text/index.js';

import { type FilingFacts, NO_FACTS } from './model.js';

/** A complete submission text file, or the same from EDGAR's feed (`.nc`). */
export interface SgmlSubmission {
  readonly facts: FilingFacts;
  readonly documents: readonly SgmlDocument[];
}

export function parseSubmission(text: string): SgmlSubmission {
  return { facts: headerFacts(submissionHeader(text)), documents: submissionDocuments(text) };
}

function headerFacts(header: string): FilingFacts {
  const date = (label: string, tag: string) => readDate(headerValue(header, label, tag) ?? '');
  return {
    ...NO_FACTS,
    accessionNumber: headerValue(header, 'ACCESSION NUMBER', 'ACCESSION-NUMBER'),
    formType: headerValue(header, 'CONFORMED SUBMISSION TYPE', 'TYPE')?.toUpperCase() ?? null,
    periodOfReport: date('CONFORMED PERIOD OF REPORT', 'PERIOD'),
    filedDate: date('FILED AS OF DATE', 'FILING-DATE'),
    acceptedAt: acceptanceInstant(header),
    cik: normalizeCik(headerValue(header, 'CENTRAL INDEX KEY', 'CIK') ?? ''),
    managerName: headerValue(header, 'COMPANY CONFORMED NAME', 'CONFORMED-NAME'),
  };
}
