package dev.apprentice.judge.run;

import java.util.List;

/** Which judges a run waits for that do not grade. */
public interface MissedJudges {

    /** They and why, by name; empty where none is missed. */
    List<JudgeStatus> missedBy(String run);
}
