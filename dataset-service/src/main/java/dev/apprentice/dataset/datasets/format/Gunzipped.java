package dev.apprentice.dataset.datasets.format;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipException;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/**
 * Decompresses all members of gzipped data. After a member, the JDK's own stream ends silently in two cases: at bytes that are no
 * member, and at a member that has not arrived yet. Here the former is a fault, and the latter is waited for.
 */
final class Gunzipped extends FilterInputStream {

    private static final int BUFFER = 1 << 16;

    private final Packed packed;

    /** The compressed data; knows whether reading it failed. */
    private static final class Packed extends FilterInputStream {

        private boolean failed;

        Packed(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            failed = true;
            int read = super.read(bytes, from, length);
            failed = false;
            return read;
        }
    }

    Gunzipped(InputStream data) throws IOException {
        this(new Packed(data));
    }

    private Gunzipped(Packed packed) throws IOException {
        super(GzipCompressorInputStream.builder()
                .setInputStream(new BufferedInputStream(packed, BUFFER))
                .setDecompressConcatenated(true)
                .get());
        this.packed = packed;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    /** @throws ZipException if the data is not valid gzip */
    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        try {
            return super.read(bytes, from, length);
        } catch (IOException e) {
            if (packed.failed || e instanceof ZipException) {
                throw e;
            }
            throw (IOException) new ZipException(e.getMessage()).initCause(e);
        }
    }
}
