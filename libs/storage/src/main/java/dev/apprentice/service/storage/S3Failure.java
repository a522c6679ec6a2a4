package dev.apprentice.service.storage;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/** Translates a failed request to an object store into a sentence that reveals no secret. */
final class S3Failure {

    private static final int DENIED = 403;
    private static final int NOT_FOUND = 404;
    private static final String OTHER_CLOCK = "RequestTimeTooSkewed";
    /** Comes with status 400. */
    private static final String EXPIRED = "ExpiredToken";
    /** Status codes of a conflict with another writer. */
    private static final Set<Integer> CHANGED = Set.of(409, 412);

    private S3Failure() {}

    /** Tells whether the store works, and only the requested file is missing or has changed. */
    static boolean isAboutTheFile(SdkException e) {
        return e instanceof NoSuchKeyException
                || e instanceof AwsServiceException answer && CHANGED.contains(answer.statusCode());
    }

    /** Tells whether the connection broke during an answer, which AWS' client does not retry if the answer was XML. */
    static boolean isCutOff(Throwable e) {
        return e != null && (e instanceof IOException || isCutOff(e.getCause()));
    }

    static StorageException of(SdkException e, StorageUri uri, Optional<URI> endpoint) {
        return isAboutTheFile(e)
                ? new AlteredException(uri + " is gone, or was changed while it was read; it is there again once its writer is done")
                : new StorageException(uri + " cannot be reached: " + reason(e, uri, endpoint), e);
    }

    private static String reason(SdkException e, StorageUri uri, Optional<URI> endpoint) {
        String store = endpoint.map(address -> "the object store at " + address).orElse("the object store");
        if (e instanceof NoSuchBucketException || e instanceof AwsServiceException answer && answer.statusCode() == NOT_FOUND) {
            return store + " has no bucket '" + uri.bucket() + "'; make it, or correct the URI or apprentice.storage.endpoint";
        }
        if (e instanceof AwsServiceException answer) {
            String code = code(answer);
            if (code.contains(OTHER_CLOCK)) {
                return store + " has another time than this machine" + code + "; set the clocks right";
            }
            return answer.statusCode() == DENIED || code.contains(EXPIRED)
                    ? store + " denies access" + code + "; check AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or the"
                            + " role, and that they may list, get, put and delete there"
                    : store + " answers with status " + answer.statusCode() + code + ", also when asked again";
        }
        String message = String.valueOf(e.getMessage());
        if (message.contains("credentials")) {
            return "there are no credentials for it; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, a profile or a role";
        }
        if (message.contains("region")) {
            return "no region is set; set AWS_REGION, or apprentice.storage.endpoint for a store other than Amazon's";
        }
        return store + " does not answer in full or in time, also when asked again (" + inWords(e)
                + "); check the network, apprentice.storage.endpoint and apprentice.storage.timeout";
    }

    /** Such as " (SlowDown)"; nothing where the answer has no body, as to HEAD. */
    private static String code(AwsServiceException answer) {
        return Optional.ofNullable(answer.awsErrorDetails()).map(details -> details.errorCode()).map(" (%s)"::formatted).orElse("");
    }

    /**
     * Returns a phrase for the first timeout or unknown host among the causes, else for the innermost cause; a cause without a
     * phrase gives its class's name.
     */
    private static String inWords(Throwable e) {
        String words = e.getClass().getSimpleName();
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof ApiCallAttemptTimeoutException || cause instanceof SocketTimeoutException) {
                return "no answer within the timeout"; // AWS' client ends such a request by an interrupt, which says nothing
            }
            if (cause instanceof UnknownHostException) {
                return "its name is not known";
            }
            words = cause instanceof ConnectException ? "no connection"
                    : cause instanceof InterruptedException || cause instanceof AbortedException ? "this service ends"
                    : cause instanceof SocketException || cause instanceof EOFException ? "the connection was cut"
                    : cause.getClass().getSimpleName();
        }
        return words;
    }
}
