package dev.apprentice.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.S3Proxy;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStore;
import org.jclouds.blobstore.BlobStoreContext;
import org.jclouds.blobstore.TransientApiMetadata;
import org.jclouds.blobstore.domain.StorageMetadata;
import org.jclouds.blobstore.options.ListContainerOptions;

/**
 * An object store that speaks S3 (s3proxy, files in memory), with one bucket and a connection that can be disturbed.
 *
 * <p>Its credentials become system properties of this process, where the AWS clients look for them.
 */
public final class S3Server implements AutoCloseable {

    public static final String BUCKET = "apprentice-test";

    /** The secret key, which must not occur in logs and errors. */
    public static final String SECRET = "not-to-be-said";

    private static final String NAME = "tester";

    private final BlobStoreContext context;
    private final S3Proxy server;
    private final BadConnection connection;

    public S3Server() throws IOException {
        context = ContextBuilder.newBuilder(new TransientApiMetadata()).credentials("any", "any").build(BlobStoreContext.class);
        context.getBlobStore().createContainerInLocation(null, BUCKET);
        server = S3Proxy.builder()
                .blobStore(context.getBlobStore())
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, NAME, SECRET)
                .build();
        try {
            server.start();
        } catch (Exception e) {
            throw new IOException("the S3 server does not start", e);
        }
        connection = new BadConnection(server.getPort());
        System.setProperty("aws.accessKeyId", NAME);
        System.setProperty("aws.secretAccessKey", SECRET);
    }

    /** Returns the endpoint for clients, which is the proxy. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + connection.port());
    }

    /** Returns the proxy between clients and the server. */
    public BadConnection connection() {
        return connection;
    }

    /** Returns all keys, sorted. */
    public List<String> keys() {
        List<String> keys = new ArrayList<>();
        for (StorageMetadata file : store().list(BUCKET, ListContainerOptions.Builder.recursive())) {
            keys.add(file.getName());
        }
        return keys.stream().sorted().toList();
    }

    public byte[] bytes(String key) throws IOException {
        try (InputStream in = store().getBlob(BUCKET, key).getPayload().openStream()) {
            return in.readAllBytes();
        }
    }

    /** Stores a file directly, without a client's request. */
    public void put(String key, byte[] bytes) {
        store().putBlob(BUCKET, store().blobBuilder(key).payload(bytes).contentLength(bytes.length).build());
    }

    public void remove(String key) {
        store().removeBlob(BUCKET, key);
    }

    /** Removes all files. */
    public void clear() {
        keys().forEach(this::remove);
    }

    private BlobStore store() {
        return context.getBlobStore();
    }

    @Override
    public void close() throws IOException {
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");
        connection.close();
        try {
            server.stop();
        } catch (Exception e) {
            throw new IOException("the S3 server does not stop", e);
        } finally {
            context.close();
        }
    }
}
