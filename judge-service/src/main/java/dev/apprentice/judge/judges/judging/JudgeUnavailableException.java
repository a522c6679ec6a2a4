package dev.apprentice.judge.judges.judging;

/** A judge gave no answer, readable or not. The same question may be asked again. The message names the judge and the reason. */
public class JudgeUnavailableException extends RuntimeException {

    public JudgeUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
