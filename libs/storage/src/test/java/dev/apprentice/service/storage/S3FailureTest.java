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
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

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

    @Test
    void whatTheStoreRefusesIsSaidWithItsCodeAndTheWayOut() {
        assertThat(refused(503, "SlowDown")).isEqualTo("answers with status 503 (SlowDown), also when asked again");
        assertThat(refused(503, null)).isEqualTo("answers with status 503, also when asked again");
        assertThat(refused(403, "InvalidAccessKeyId")).startsWith("denies access (InvalidAccessKeyId); check AWS_ACCESS_KEY_ID");
        assertThat(refused(403, null)).startsWith("denies access; check AWS_ACCESS_KEY_ID");
        assertThat(refused(400, "ExpiredToken")).startsWith("denies access (ExpiredToken); check AWS_ACCESS_KEY_ID");
        assertThat(refused(403, "RequestTimeTooSkewed"))
                .isEqualTo("has another time than this machine (RequestTimeTooSkewed); set the clocks right");
    }

    private static String refused(int status, String code) {
        S3Exception.Builder answer = S3Exception.builder();
        answer.statusCode(status);
        if (code != null) {
            answer.awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build());
        }
        String beginning = "s3://bucket/file cannot be reached: the object store at http://minio:9000 ";
        String sentence = S3Failure.of((SdkException) answer.build(), StorageUri.parse("s3://bucket/file"),
                Optional.of(URI.create("http://minio:9000"))).getMessage();
        assertThat(sentence).startsWith(beginning);
        return sentence.substring(beginning.length());
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
