// Names for the API's shapes, as the pages use them. Spelling is the server's; nothing is renamed. The shapes themselves
// are generated from the API's OpenAPI document: `./run generate` writes api.gen.ts.
import type { components } from "./api.gen";

type Schemas = components["schemas"];

export type ProjectName = Schemas["ProjectName"];
export type Me = Schemas["Me"];
export type Arrivals = Schemas["Arrivals"];
export type LiveCheck = Schemas["LiveCheck"];

/** `measured` false: no detector judges this cause yet, so its zeros say nothing. */
export type CauseRow = Schemas["CauseRow"] & { measured?: boolean };
export type Overview = Omit<Schemas["Overview"], "causes"> & { causes: CauseRow[] };
export type PlaceRow = Schemas["PlaceRow"];
export type Finding = Schemas["WorstPlace"];
/** What got worse against the period before. */
export type FindingList = Schemas["FindingList"];
export type Change = Schemas["FindingRow"];

export type ScreenDevices = Schemas["ScreenDevices"];
export type DeviceCell = Schemas["DeviceCell"];

export type SessionList = Schemas["SessionList"];
export type SessionRow = Schemas["SessionRow"];
export type ScoreBin = Schemas["ScoreBin"];
export type Band = NonNullable<SessionRow["score_band"]>;
/** Points lost per cause; causes that cost nothing may be absent. */
export type ByCause = Record<string, number>;

export type SessionPage = Schemas["SessionPage"];
export type Issue = Schemas["Issue"];
export type EventRow = Schemas["Event"];
export type ScreenRow = Schemas["Screen"];
export type CallRow = Schemas["Call"];
export type ErrorRow = Schemas["Error"];
export type SignalRow = Schemas["Signal"];
export type MomentRow = Schemas["Moment"];
export type Strength = NonNullable<MomentRow["strength"]>;
export type ErrorGroups = Schemas["ErrorGroups"];
export type ErrorGroup = Schemas["ErrorGroup"];
export type ErrorGroupPage = Schemas["ErrorGroupPage"];
export type ErrorPart = Schemas["ErrorPart"];
export type ErrorTrendPoint = Schemas["ErrorTrendPoint"];
export type ErrorOccurrences = Schemas["ErrorOccurrences"];
export type ErrorOccurrence = Schemas["ErrorOccurrence"];

export type HeatScreens = Schemas["HeatScreens"];
export type Heatmap = Schemas["Heatmap"];
export type HeatCell = Schemas["HeatCell"];
export type HeatRow = Schemas["HeatRow"];
export type HeatElements = Schemas["HeatElements"];
export type HeatElement = Schemas["HeatElement"];
export type HeatDrift = Schemas["HeatDrift"];
export type HeatChange = Schemas["HeatChange"];
export type HeatPage = Schemas["HeatPage"];
export type Rate = Schemas["Rate"];
export type ReplayTab = Schemas["ReplayTab"];
export type ReplayChunks = Schemas["ReplayChunks"];

export type ApiList = Schemas["ApiList"];
export type ApiRow = Schemas["ApiRow"];
export type ApiDetail = Schemas["ApiDetail"];
export type ReleaseStart = Schemas["ReleaseStart"];
export type LatencyPoint = Schemas["LatencyPoint"];
export type Percentiles = Schemas["Percentiles"];
export type Dose = Schemas["Dose"];
export type WaitBand = Schemas["WaitBand"];
export type VitalPage = Schemas["VitalPage"];
export type VitalRow = Schemas["VitalRow"];
export type Flow = Schemas["FlowPage"];
export type FlowNode = Schemas["FlowNode"];
export type FlowEdge = Schemas["FlowEdge"];
export type Seen = Schemas["Seen"];
export type Loops = Schemas["Loops"];
export type LoopRow = Schemas["LoopRow"];
export type Funnel = Schemas["FunnelPage"];
export type FunnelRow = Schemas["FunnelRow"];
export type FunnelChoices = Schemas["FunnelChoices"];

export type SavedView = Schemas["SavedView"];
export type ProjectSettings = Schemas["ProjectSettings"];
export type WriteKey = Schemas["Key"];
export type TokenRow = Schemas["TokenRow"];
export type SystemPage = Schemas["SystemPage"];
export type LivePage = Schemas["LivePage"];
export type LiveRow = Schemas["LiveRow"];
export type Note = Schemas["Note"];
export type ScreenList = Schemas["ScreenList"];
export type ScreenLine = Schemas["ScreenLine"];
export type ScreenDetail = Schemas["ScreenDetail"];
export type ScreenCost = Schemas["ScreenCost"];
export type Paint = Schemas["Paint"];
export type Paints = Schemas["Paints"];
export type SignalList = Schemas["SignalList"];
export type SignalKind = Schemas["SignalKind"];
export type SignalPlace = Schemas["SignalPlace"];
export type SignalExamples = Schemas["SignalExamples"];
export type SignalInstance = Schemas["SignalInstance"];
export type Judged = Schemas["Judged"];
export type Muted = Schemas["Muted"];
export type Changed = Schemas["Changed"];
export type Precision = Schemas["Precision"];
export type Threshold = Schemas["Threshold"];
export type Thresholds = Schemas["Thresholds"];
export type Trial = Schemas["Trial"];
export type TypeTrial = Schemas["TypeTrial"];
export type MomentList = Schemas["MomentList"];
export type ScoreSummary = Schemas["ScoreSummary"];
export type ReleaseRow = Schemas["ReleaseRow"];
export type VersionRow = Schemas["VersionRow"];
export type ScoreByDimension = Schemas["ScoreByDimension"];
export type IssueList = Schemas["IssueList"];
export type IssueRow = IssueList["rows"][number];
export type ScoreRow = Schemas["ScoreRow"];
export type MomentLineRow = Schemas["MomentLine"];
