package dev.apprentice.dataset.batches;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apprentice.contracts.event.Batch;
import dev.apprentice.contracts.run.Training;
import dev.apprentice.dataset.Runs;
import dev.apprentice.dataset.table.Longs;
import dev.apprentice.model.tokenizer.Row;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of the curriculum. A row's first token is its number, so batches show which rows they hold. */
class CurriculumTest {

    @TempDir
    Path folder;

    private static final List<Row> TRAIN = rows(100, 10);
    private static final List<Row> VALIDATION = rows(200, 5);

    @Test
    void putsValidationFirstAndThenEachEpoch() {
        Curriculum curriculum = curriculum(training(2, 4, true), TRAIN, VALIDATION);
        assertThat(batches(curriculum)).extracting(Batch::key).containsExactly(
                "validation/0/0", "validation/0/1", "train/1/0", "train/1/1", "train/2/0", "train/2/1");
        assertThat(batches(curriculum)).allSatisfy(batch -> assertThat(batch.of()).hasValue(2));
    }

    @Test
    void keepsValidationInOrderAndItsLastBatchWhateverItsSize() {
        Curriculum curriculum = curriculum(training(1, 4, true), TRAIN, VALIDATION);
        assertThat(firstTokens(curriculum.batch(0))).containsExactly(200, 201, 202, 203);
        assertThat(firstTokens(curriculum.batch(1))).containsExactly(204);
    }

    @Test
    void leavesOutAnEpochsLastBatchWhereItIsNotFull() {
        Curriculum curriculum = curriculum(training(1, 4, true), TRAIN, VALIDATION);
        assertThat(curriculum.size()).isEqualTo(2 + 2);
        assertThat(Stream.of(curriculum.batch(2), curriculum.batch(3)).flatMap(batch -> firstTokens(batch).stream()))
                .hasSize(8)
                .doesNotHaveDuplicates();
    }

    @Test
    void keepsAnEpochsLastBatchWhereItIsToBeKept() {
        Curriculum curriculum = curriculum(training(1, 4, false), TRAIN, VALIDATION);
        List<Integer> seen = IntStream.range(2, curriculum.size())
                .mapToObj(curriculum::batch)
                .flatMap(batch -> firstTokens(batch).stream())
                .toList();
        assertThat(seen).containsExactlyInAnyOrderElementsOf(TRAIN.stream().map(row -> row.ids()[0]).toList());
    }

    @Test
    void givesEveryEpochAnOrderOfItsOwn() {
        Curriculum curriculum = curriculum(training(2, 10, true), TRAIN, List.of());
        assertThat(firstTokens(curriculum.batch(0)))
                .isNotEqualTo(firstTokens(curriculum.batch(1)))
                .containsExactlyInAnyOrderElementsOf(firstTokens(curriculum.batch(1)));
    }

    @Test
    void knowsThePlaceOfEachOfItsBatches() {
        Curriculum curriculum = curriculum(training(3, 3, false), TRAIN, VALIDATION);
        for (int place = 0; place < curriculum.size(); place++) {
            assertThat(curriculum.placeOf(curriculum.batch(place))).isEqualTo(place);
        }
    }

    private Curriculum curriculum(Training training, List<Row> train, List<Row> validation) {
        return new Curriculum("r", training, train, validation, new Longs(folder), 0);
    }

    private static List<Batch> batches(Curriculum curriculum) {
        return IntStream.range(0, curriculum.size()).mapToObj(curriculum::batch).toList();
    }

    private static List<Integer> firstTokens(Batch batch) {
        int[] row = {0};
        return IntStream.of(batch.rowLengths()).map(length -> batch.tokens()[(row[0] += length) - length]).boxed().toList();
    }

    private static List<Row> rows(int from, int count) {
        return IntStream.range(0, count).mapToObj(row -> new Row(new int[] {from + row, 1, 0}, 1)).toList();
    }

    private static Training training(int epochs, int batchSize, boolean dropLast) {
        return Runs.training(epochs, batchSize, dropLast, false);
    }
}
