package dev.apprentice.trainer.run;

/** Thrown if a run ended the whole service repeatedly, so it is not tried any more. The message is for its owner. */
public class FatalRunException extends RuntimeException {

    FatalRunException(Deaths deaths) {
        super("trainer-service crashed " + deaths.inWords() + ", so the run is not retried; the machine may lack the memory for it. Ask"
                + " for a smaller model, batch or row length, or give the service more memory and resume the run");
    }
}
