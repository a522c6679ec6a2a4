package dev.apprentice.judge.judging;

/** Knows how to reach the judges of one kind of server. */
public interface JudgeFactory {

    /** The judge that is this model. Reaches nobody yet. */
    Judge judge(String model);
}
