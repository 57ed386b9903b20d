import { normalizeCik } from '../../core/index.js';
import { readDate } from '../text/index.js';
import { readAmendmentType, readFileNumber, readFlag, readNumber, readReportType } from './fields.js';
import { type FilingFacts, NO_FACTS } from './model.js';
import { walkXml } from './xml.js';

interface NamedManager {
  number: string;
  cik: string;
  name: string;
}

/**
 * What the cover and summary pages (`edgarSubmission`, primary_doc.xml) say.
 * @throws {FormatError} where the XML is refused
 */
export function parseCoverPage(xml: string, file: string): FilingFacts {
  const facts: { -readonly [Name in keyof FilingFacts]: FilingFacts[Name] } = { ...NO_FACTS };
  const reportingFor: NamedManager[] = [];
  const included: NamedManager[] = [];
  let manager: NamedManager | null = null;
  walkXml(xml, file, {
    open(name, path) {
      if (name !== 'otherManager' && name !== 'otherManager2') return;
      if (name === 'otherManager' && path.includes('otherManager2')) return;
      manager = { number: '', cik: '', name: '' };
      (path.includes('summaryPage') ? included : reportingFor).push(manager);
    },
    close(name, text, path) {
      if (name === 'otherManagersInfo' || name === 'otherManagers2Info') manager = null;
      if (manager !== null) {
        if (name === 'sequenceNumber') manager.number = text;
        else if (name === 'cik') manager.cik = normalizeCik(text) ?? text;
        else if (name === 'name') manager.name = text;
        return;
      }
      if (text !== '') setFact(facts, name, text, path[path.length - 2] ?? '');
    },
  });
  facts.managersReportingFor = listOf(reportingFor);
  facts.includedManagers = listOf(included);
  return facts;
}

function setFact(
  facts: { -readonly [Name in keyof FilingFacts]: FilingFacts[Name] },
  name: string,
  text: string,
  parent: string,
): void {
  switch (name) {
    case 'submissionType':
      facts.formType = text.toUpperCase();
      break;
    case 'cik':
      facts.cik ??= normalizeCik(text);
      break;
    case 'periodOfReport':
    case 'reportCalendarOrQuarter':
      facts.periodOfReport ??= readDate(text);
      break;
    case 'amendmentNo':
      facts.amendmentNumber = readNumber(text);
      break;
    case 'amendmentType':
      facts.amendmentType = readAmendmentType(text);
      break;
    case 'name':
      if (parent === 'filingManager') facts.managerName = text;
      break;
    case 'reportType':
      facts.reportType = readReportType(text);
      break;
    case 'form13FFileNumber':
      facts.form13fFileNumber = readFileNumber(text);
      break;
    case 'signatureDate':
      facts.signatureDate = readDate(text);
      break;
    case 'tableEntryTotal':
      facts.declaredEntries = readNumber(text);
      break;
    case 'tableValueTotal':
      facts.declaredValue = readNumber(text);
      break;
    case 'isConfidentialOmitted':
      facts.confidentialOmitted = readFlag(text);
      break;
  }
}

function listOf(managers: readonly NamedManager[]): string | null {
  if (managers.length === 0) return null;
  return managers
    .map(({ number, cik, name }) => [number, cik, name].filter((part) => part !== '').join(' '))
    .join('; ');
}
