package dev.apprentice.service.storage;

import dev.apprentice.contracts.Sha256;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * An object store that speaks S3: Amazon's, MinIO, Ceph and others. Four things can be done: list, read, write with a digest,
 * delete.
 *
 * <p>A large file travels in pieces of 16 MiB, each a request of its own: a connection that is cut, a status of 500 or a slow
 * answer costs one piece, which is asked for again as often as AWS_MAX_ATTEMPTS says. A file is there in full or not at all:
 * the store shows one only once its last piece is there, and it compares each piece with its MD5.
 *
 * <p>Nothing of it is loaded before the first URI is used.
 */
@ApplicationScoped
public class ObjectStorage {

    private static final int PIECE = 16 << 20;

    /** An answer without a body that is cut off looks like one with fewer headers, and AWS' client does not ask again. */
    private static final int ASKED_AT_MOST = 4;

    /** The metadata that holds a file's digest. */
    static final String DIGEST = "sha256";

    private final S3Requests requests;
    private final int pieceBytes;

    @Inject
    public ObjectStorage(StorageSettings settings) {
        this(settings, PIECE);
    }

    /** @param pieceBytes what travels in one request, from 5 MiB */
    ObjectStorage(StorageSettings settings, int pieceBytes) {
        this.requests = new S3Requests(settings);
        this.pieceBytes = pieceBytes;
    }

    /** Why the store is away; empty while it is there, or not used. */
    public Optional<String> trouble() {
        return requests.trouble();
    }

    /**
     * All files below a folder, at any depth, by name.
     *
     * @throws StorageException if the store cannot be asked, or a name leads elsewhere
     */
    public List<StoredFile> list(StorageUri folder) throws StorageException {
        List<StoredFile> files = new ArrayList<>();
        for (S3Object object : requests.ask(folder, s3 -> s3.listObjectsV2Paginator(
                        list -> list.bucket(folder.bucket()).prefix(folder.keyPrefix())).contents().stream().toList())) {
            String name = object.key().substring(folder.keyPrefix().length());
            if (name.isEmpty() || name.endsWith("/")) {
                continue; // some tools write an empty object for a folder
            }
            if (!StorageUri.isName(name)) {
                throw new StorageException(folder + " has a file '" + name.replaceAll("\\p{Cntrl}", "?")
                        + "', whose name leads out of the folder; remove it");
            }
            files.add(new StoredFile(folder.resolve(name), name, object.size(), object.eTag()));
        }
        return files;
    }

    /** Asks whether a bucket is there and may be used. @throws StorageException saying what is wrong */
    public void requireBucket(StorageUri place) throws StorageException {
        requests.ask(place, s3 -> s3.headBucket(head -> head.bucket(place.bucket())));
    }

    /**
     * Copies a file here.
     *
     * @return its digest, {@code sha256:} and 64 hexadecimal digits
     * @throws AlteredException if it is gone or another by now
     * @throws StorageException if the store cannot be asked
     * @throws IOException if the disk does not take it
     */
    public String read(StoredFile file, Path target) throws IOException {
        return read(file, target, () -> {});
    }

    /** Reads a file piece by piece. @param beforeEachPiece throws where it is not to go on */
    public String read(StoredFile file, Path target, Runnable beforeEachPiece) throws IOException {
        MessageDigest digest = Sha256.begin();
        try (OutputStream out = new DigestOutputStream(Files.newOutputStream(target), digest)) {
            for (long from = 0; from < file.bytes(); from += pieceBytes) {
                beforeEachPiece.run();
                out.write(piece(file, from, Math.min(pieceBytes, file.bytes() - from)));
            }
        }
        return Sha256.text(digest);
    }

    /** A small file's bytes as they are now. @throws StorageException as {@link #read(StoredFile, Path)} does */
    public byte[] read(StoredFile file) throws StorageException {
        if (file.bytes() > pieceBytes) {
            throw new StorageException(file.uri() + " has " + file.bytes() + " bytes, which is too much for what it is; remove it");
        }
        return file.bytes() == 0 ? new byte[0] : piece(file, 0, file.bytes());
    }

    private byte[] piece(StoredFile file, long from, long bytes) throws StorageException {
        byte[] piece = requests.ask(file.uri(), s3 -> s3.getObject(
                        get -> get.bucket(file.uri().bucket())
                                .key(file.uri().key())
                                .ifMatch(file.version())
                                .range("bytes=" + from + "-" + (from + bytes - 1)),
                        ResponseTransformer.toBytes())
                .asByteArrayUnsafe());
        if (piece.length != bytes) {
            throw new AlteredException(file.uri() + " came with " + piece.length + " bytes of " + bytes + "; it is asked for again");
        }
        return piece;
    }

    /** The digest that a file was written with; empty if it is not there, or was written by another program. */
    public Optional<String> digest(StorageUri file) throws StorageException {
        return head(file).map(found -> found.metadata().get(DIGEST));
    }

    /** A file as it is now; empty if there is none of this name. */
    public Optional<StoredFile> find(StorageUri file) throws StorageException {
        String name = file.key().substring(file.key().lastIndexOf('/') + 1);
        return head(file).map(found -> new StoredFile(file, name, found.contentLength(), found.eTag()));
    }

    private Optional<HeadObjectResponse> head(StorageUri file) throws StorageException {
        if (file.key().isEmpty()) {
            return Optional.empty(); // a bucket is no file
        }
        try {
            for (int asked = 0; asked < ASKED_AT_MOST; asked++) {
                HeadObjectResponse found = requests.ask(file, s3 -> s3.headObject(head -> head.bucket(file.bucket()).key(file.key())));
                if (found.contentLength() != null && found.eTag() != null) {
                    return Optional.of(found);
                }
            }
            throw new StorageException(file + " cannot be reached: the object store's answers are cut off, also when asked again; check the"
                    + " network and apprentice.storage.endpoint");
        } catch (AlteredException gone) {
            return Optional.empty();
        }
    }

    /**
     * Writes a file with its digest, or replaces it. On return it is there in full and lasting.
     *
     * @param digest noted beside it
     * @throws StorageException if the store does not take it; nothing of it is seen then
     * @throws IOException if the file cannot be read
     */
    public void write(Path file, StorageUri target, String digest) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] first = in.readNBytes(pieceBytes);
            if (first.length < pieceBytes) {
                write(first, target, digest);
            } else {
                MultipartUpload.begin(requests, target, digest).write(first, in, pieceBytes);
            }
        }
    }

    /** Writes bytes that are in memory. */
    public void write(byte[] bytes, StorageUri target, String digest) throws StorageException {
        requests.ask(target, s3 -> s3.putObject(
                put -> put.bucket(target.bucket()).key(target.key()).contentMD5(S3Requests.md5(bytes)).metadata(Map.of(DIGEST, digest)),
                RequestBody.fromByteBuffer(ByteBuffer.wrap(bytes))));
    }

    /**
     * Writes a small file where what is there is as it was, in one step.
     *
     * @param before the version that it is to take the place of; empty where there is to be none yet
     * @return whether it is there; false also where the store took it, but its answer was lost and it was asked again
     * @throws StorageException if the store cannot be asked
     */
    public boolean writeIf(byte[] bytes, StorageUri target, Optional<String> before) throws StorageException {
        try {
            requests.ask(target, s3 -> s3.putObject(
                    put -> {
                        put.bucket(target.bucket()).key(target.key()).contentMD5(S3Requests.md5(bytes)).metadata(Map.of(DIGEST, Sha256.of(bytes)));
                        before.ifPresentOrElse(put::ifMatch, () -> put.ifNoneMatch("*"));
                    },
                    RequestBody.fromByteBuffer(ByteBuffer.wrap(bytes))));
            return true;
        } catch (AlteredException another) {
            return false;
        }
    }

    /** Removes files, in this order; those that are gone already are fine. */
    public void delete(List<StorageUri> files) throws StorageException {
        for (StorageUri file : files) { // one by one: not every store can remove several at once
            requests.ask(file, s3 -> s3.deleteObject(delete -> delete.bucket(file.bucket()).key(file.key())));
        }
    }

    @PreDestroy
    void close() {
        requests.close();
    }
}
