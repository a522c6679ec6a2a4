package dev.apprentice.dataset.datasets.format;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.commons.io.input.ReaderInputStream;

/**
 * Converts texts to UTF-8: from UTF-16, which spreadsheets write, by its byte order mark, and from any other encoding if it is
 * named.
 */
final class Encoding {

    private static final int BYTE_ORDER_MARK = 2;

    private Encoding() {}

    /**
     * Converts a text.
     *
     * @param beginning a copy of the data's first bytes
     * @param named its encoding; empty if it is not known
     * @return UTF-8; reading fails with a {@link java.nio.charset.CharacterCodingException} if the data is not in that encoding
     */
    static InputStream asUtf8(InputStream data, byte[] beginning, Optional<Charset> named) throws IOException {
        Charset encoding = isUtf16(beginning) ? StandardCharsets.UTF_16 : named.orElse(StandardCharsets.UTF_8);
        if (encoding.equals(StandardCharsets.UTF_8)) {
            return data;
        }
        return ReaderInputStream.builder()
                .setReader(new InputStreamReader(data, encoding.newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT)))
                .setCharset(StandardCharsets.UTF_8)
                .get();
    }

    private static boolean isUtf16(byte[] beginning) {
        if (beginning.length < BYTE_ORDER_MARK) {
            return false;
        }
        int mark = (beginning[0] & 0xff) << 8 | beginning[1] & 0xff;
        return mark == 0xfeff || mark == 0xfffe;
    }
}
