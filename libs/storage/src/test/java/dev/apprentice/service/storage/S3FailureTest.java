package dev.apprentice.service.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

class S3FailureTest {

    /** The failures are wrapped as AWS' client wraps them. */
    @Test
    void whatKeptTheStoreFromAnsweringIsSaidInWords() {
        assertThat(said(ApiCallAttemptTimeoutException.builder().cause(new RuntimeException(new InterruptedException())).build()))
                .isEqualTo("no answer within the timeout");
        assertThat(said(wrapped(new SocketTimeoutException("Read timed out")))).isEqualTo("no answer within the timeout");
        assertThat(said(wrapped(new UnknownHostException("minio")))).isEqualTo("its name is not known");
        assertThat(said(wrapped(new ConnectException("Connection refused")))).isEqualTo("no connection");
        assertThat(said(wrapped(new SocketException("Connection reset")))).isEqualTo("the connection was cut");
        assertThat(said(AbortedException.builder().cause(new InterruptedException()).build())).isEqualTo("this service ends");
        assertThat(said(wrapped(new IOException("Premature EOF")))).isEqualTo("IOException");
    }

    private static SdkException wrapped(Exception cause) {
        return SdkClientException.create("Unable to execute HTTP request: " + cause.getMessage(), cause);
    }

    private static String said(SdkException failure) {
        String sentence = S3Failure.of(failure, StorageUri.parse("s3://bucket/file"), Optional.of(URI.create("http://minio:9000")))
                .getMessage();
        assertThat(sentence).startsWith("s3://bucket/file cannot be reached: the object store at http://minio:9000 does not answer")
                .endsWith("); check the network, apprentice.storage.endpoint and apprentice.storage.timeout");
        return sentence.substring(sentence.indexOf('(') + 1, sentence.indexOf(')'));
    }
}
