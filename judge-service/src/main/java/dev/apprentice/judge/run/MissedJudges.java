package dev.apprentice.judge.run;

import java.util.List;

/** Finds the judges that a run waits for but that do not grade. */
public interface MissedJudges {

    /** Returns these judges with the reasons, sorted by name; empty if there are none. */
    List<JudgeStatus> missedBy(String run);
}
