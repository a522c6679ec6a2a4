package dev.apprentice.trainer.run;

/** A run ended the whole service again and again, so it is not tried any more. The message tells its owner. */
public class FatalRunException extends RuntimeException {

    FatalRunException(int deaths) {
        super("trainer-service ended without a word " + deaths + " times while it loaded this run's model or took the first step,"
                + " so the run is not tried any more; the machine may lack the memory for it. Ask for a smaller model, batch or"
                + " row length, or give the service more memory and resume the run");
    }
}
