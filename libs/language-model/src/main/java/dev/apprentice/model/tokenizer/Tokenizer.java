package dev.apprentice.model.tokenizer;

import ai.djl.engine.EngineException;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import dev.apprentice.model.ModelException;
import dev.apprentice.model.torchscript.NativeLibraries;
import dev.apprentice.prompts.PromptText;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * A tokenizer from a Hugging Face {@code tokenizer.json}. Thread-safe; close it when all threads are done.
 *
 * <p>It begins every text as the file's post-processor says, mostly with nothing or with the begin-of-text. Otherwise it adds,
 * truncates and pads nothing, even if the file says so. Every token has the file's id. The name of a special token in a text, such
 * as {@code <|endoftext|>} in an instruction, is ordinary text (as with tiktoken's {@code encode_ordinary}, or transformers'
 * {@code split_special_tokens=True}). So a user cannot end a text or fake a turn by writing it.
 */
public final class Tokenizer implements AutoCloseable {

    private final HuggingFaceTokenizer ordinary;
    private final int largestId;
    private final TokenIds tokenIds;
    private final int[] beginOfText;
    private final AsciiBorder asciiBorder;
    private final Optional<AsciiPieces> asciiPieces;
    private final TokenizerJson json;
    private final SpecialNames names;
    private final TokenIds markedIds;
    private HuggingFaceTokenizer marked;

    private Tokenizer(HuggingFaceTokenizer ordinary, TokenizerJson json, TokenIds tokenIds) {
        this.ordinary = ordinary;
        this.largestId = json.largestId();
        this.tokenIds = tokenIds;
        this.beginOfText = json.beginOfText().stream().mapToInt(Integer::intValue).toArray();
        this.asciiBorder = AsciiBorder.of(json);
        this.json = json;
        this.names = new SpecialNames(json);
        this.markedIds = new TokenIds(json, true);
        this.asciiPieces = AsciiPieces.of(json, this::encodeNatively);
    }

    /** @throws ModelException if the file is missing, is no JSON, or is no tokenizer */
    public static Tokenizer load(Path tokenizerJson) {
        TokenizerJson json = TokenizerJson.read(tokenizerJson);
        TokenIds tokenIds = new TokenIds(json);
        NativeLibraries.useBundledOnes();
        try {
            return new Tokenizer(nativeTokenizer(json.ordinary(tokenIds)), json, tokenIds);
        } catch (EngineException e) {
            throw new ModelException("the native tokenizers library cannot be loaded (" + e.getMessage() + "); DJL unpacks it"
                    + " into ~/.djl.ai, so make that folder writable or set DJL_CACHE_DIR to one that is", e);
        } catch (IOException | RuntimeException e) {
            throw new ModelException(tokenizerJson + " cannot be used as a tokenizer: " + e.getMessage(), e);
        }
    }

    private static HuggingFaceTokenizer nativeTokenizer(String json) throws IOException {
        return HuggingFaceTokenizer.newInstance(
                new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)),
                Map.of("addSpecialTokens", "false", "truncation", "false", "padding", "false"));
    }

    /** Returns the tokenizer that also knows special tokens; loads it when a template first writes one. */
    private synchronized HuggingFaceTokenizer marked() {
        if (marked == null) {
            try {
                marked = nativeTokenizer(json.marked(markedIds, names));
            } catch (IOException e) {
                throw new ModelException(json.path() + " cannot be used as a tokenizer: " + e.getMessage(), e);
            }
        }
        return marked;
    }

    /**
     * Returns a tokenizer's number of ids, without loading the tokenizer.
     *
     * @throws ModelException if the file is missing, is no JSON, or is no tokenizer
     */
    public static int vocabularySize(Path tokenizerJson) {
        return TokenizerJson.read(tokenizerJson).largestId() + 1;
    }

    /** Returns the begin-of-text, if there is one, followed by the text's tokens. */
    public int[] encode(String text) {
        return begun(ordinary(text));
    }

    private int[] ordinary(String text) {
        return asciiPieces.flatMap(pieces -> pieces.encode(text)).orElseGet(() -> encodeNatively(UnicodeText.wellFormed(text)));
    }

    private int[] begun(int[] ids) {
        if (beginOfText.length == 0) {
            return ids;
        }
        int[] whole = Arrays.copyOf(beginOfText, beginOfText.length + ids.length);
        System.arraycopy(ids, 0, whole, beginOfText.length, ids.length);
        return whole;
    }

    private int[] encodeNatively(String text) {
        try (NativeEncoding encoding = NativeEncoding.of(ordinary, text)) {
            return tokenIds.read(encoding.ids());
        }
    }

    /** Tokenises prompts with their answers, in order, on all cores. Text i is {@code prompts.get(i) + answers.get(i)}. */
    public List<TokenizedRow> encodeRows(List<String> prompts, List<String> answers) {
        if (prompts.size() != answers.size()) {
            throw new IllegalArgumentException(prompts.size() + " prompts, but " + answers.size() + " answers");
        }
        return IntStream.range(0, prompts.size())
                .parallel()
                .mapToObj(row -> encodeRow(prompts.get(row), answers.get(row)))
                .toList();
    }

    private TokenizedRow encodeRow(String prompt, String answer) {
        String text = prompt + answer;
        Optional<int[]> ids = asciiPieces.flatMap(pieces -> pieces.encode(text));
        OptionalInt promptLength =
                ids.isPresent() ? asciiBorder.tokensBefore(prompt.length(), text, ids.get()) : OptionalInt.empty();
        return promptLength.isPresent()
                ? row(ids.get(), promptLength.getAsInt())
                : encodeRowNatively(prompt.length(), UnicodeText.wellFormed(text));
    }

    private TokenizedRow encodeRowNatively(int border, String text) {
        try (NativeEncoding encoding = NativeEncoding.of(ordinary, text)) {
            int[] ids = tokenIds.read(encoding.ids());
            // the native library counts characters as Unicode code points, Java as UTF-16 units
            int promptLength = asciiBorder
                    .tokensBefore(border, text, ids)
                    .orElseGet(() -> encoding.tokensBefore(text.codePointCount(0, border)));
            return row(ids, promptLength);
        }
    }

    /** Returns the row with the begin-of-text, which belongs to the prompt. */
    private TokenizedRow row(int[] ids, int promptLength) {
        return new TokenizedRow(begun(ids), beginOfText.length + promptLength);
    }

    /**
     * Returns a prompt's tokens: special ones where the template wrote their names, and the begin-of-text if the prompt asks for
     * it.
     */
    public int[] encode(PromptText prompt) {
        return encodeRow(prompt, prompt.text().length()).ids();
    }

    /**
     * Tokenises prompts with their answers, in order, on all cores.
     *
     * @param answers where each answer begins, in UTF-16 units
     */
    public List<TokenizedRow> encodeMarkedRows(List<PromptText> rows, List<Integer> answers) {
        return IntStream.range(0, rows.size())
                .parallel()
                .mapToObj(row -> encodeRow(rows.get(row), answers.get(row)))
                .toList();
    }

    private TokenizedRow encodeRow(PromptText row, int answer) {
        SpecialNames.Renamed renamed = names.rename(row, answer);
        if (!renamed.found() && row.begin()) {
            return encodeRow(row.text().substring(0, answer), row.text().substring(answer));
        }
        HuggingFaceTokenizer tokenizer = renamed.found() ? marked() : ordinary;
        String text = UnicodeText.wellFormed(renamed.text());
        try (NativeEncoding encoding = NativeEncoding.of(tokenizer, text)) {
            int[] ids = (renamed.found() ? markedIds : tokenIds).read(encoding.ids());
            int promptLength = encoding.tokensBefore(text.codePointCount(0, renamed.position()));
            return row.begin() ? row(ids, promptLength) : new TokenizedRow(ids, promptLength);
        }
    }

    /** Returns the id of the token with this name; empty if there is none. */
    public OptionalInt id(String name) {
        return json.id(name);
    }

    /** Returns the text of these ids, without special tokens and ids that the tokenizer does not know. */
    public String decode(int... ids) {
        return ordinary.decode(tokenIds.write(ids), false);
    }

    /** Returns the number of ids, added tokens included: the largest id plus 1. */
    public int vocabularySize() {
        return largestId + 1;
    }

    @Override
    public void close() {
        ordinary.close();
        if (marked != null) {
            marked.close();
        }
    }
}
