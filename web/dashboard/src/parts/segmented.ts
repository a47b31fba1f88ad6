// Mantine's segmented control with its styles: only the pages that show one load it.
import "@mantine/core/styles/SegmentedControl.css";
import "@mantine/core/styles/FloatingIndicator.css";
import "../styles/segmented.css";

export { SegmentedControl } from "@mantine/core";
