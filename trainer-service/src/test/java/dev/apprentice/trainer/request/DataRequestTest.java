package dev.apprentice.trainer.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apprentice.contracts.Json;
import dev.apprentice.contracts.run.DataReading;
import dev.apprentice.contracts.run.DataReadingBuilder;
import dev.apprentice.contracts.run.DataSource;
import dev.apprentice.contracts.run.DataSource.Duplicates;
import dev.apprentice.contracts.run.DataSource.Source;
import dev.apprentice.contracts.run.Split;
import jakarta.validation.Validation;
import jakarta.validation.ValidatorFactory;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataRequestTest {

    @Test
    void aDatasetIsSharedOutInItsOrderUnlessItSaysOtherwise() throws IOException {
        DataSource data = read("{'dataset': 'd'}").toDataSource();
        assertThat(data.source()).isEqualTo(Source.DATASET);
        assertThat(data.split()).isEqualTo(Split.TEXTBOOK);
        assertThat(data.linger()).isEmpty();
        assertThat(data.replay()).isEmpty();
    }

    @Test
    void whatADatasetGivesTwiceIsLearnedOnceUnlessItIsSharedOutByPlace() throws IOException {
        DataSource data = read("{'dataset': 'd'}").toDataSource();
        assertThat(data.duplicates()).contains(Duplicates.ONCE);
        assertThat(data.nearDuplicates()).contains(0.8);
        assertThat(read("{'dataset': 'd', 'split': {'policy': 'position'}}").toDataSource().duplicates()).contains(Duplicates.KEEP);
        DataSource said = read("{'dataset': 'd', 'split': {'policy': 'position'}, 'duplicates': 'once', 'nearDuplicates': 0}").toDataSource();
        assertThat(said.duplicates()).contains(Duplicates.ONCE);
        assertThat(said.nearDuplicates()).contains(0.0);
        assertThat(read("{'dataset': 'd', 'source': 'stream'}").toDataSource().duplicates()).isEmpty();
    }

    @Test
    void textsArePackedWhereThatIsSaidAndNeverAStreams() throws IOException {
        assertThat(read("{'dataset': 'd', 'packTexts': true}").toDataSource().packTexts()).contains(true);
        assertThat(read("{'dataset': 'd', 'packTexts': false}").toDataSource().packTexts()).isEmpty();
        assertThat(read("{'dataset': 'd', 'packTexts': true}").isDatasetWhereItIsPacked()).isTrue();
        assertThat(read("{'dataset': 'd', 'packTexts': true, 'source': 'stream'}").isDatasetWhereItIsPacked()).isFalse();
    }

    @Test
    void howTheDataWasReadIsKept() throws IOException {
        assertThat(read("{'dataset': 'd', 'reading': {'fields': ['text=review'], 'turns': 'last'}}").toDataSource().reading())
                .contains(DataReadingBuilder.builder().fields(List.of("text=review")).turns(DataReading.Turns.LAST).build());
        assertThat(read("{'dataset': 'd'}").toDataSource().reading()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0.2, , 0.75, 0.2", "0.3, , 0.65, 0.3", "0.05, , 0.85, 0.05", "0, , 0.85, 0", ", 0.5, 0.5, 0.1", ", 0.93, 0.93, 0.07", ", 1, 1, 0"})
    void oneShareNamedAloneTakesItsPlaceFromTheOthers(Double test, Double train, double trains, double asks) {
        DataRequest.SplitRequest split = new DataRequest.SplitRequest("hash", train, test);
        assertThat(split.isShares()).isTrue();
        assertThat(split.toSplit(Split.TEXTBOOK)).isEqualTo(new Split(Split.Policy.HASH, trains, asks));
    }

    @Test
    void aStreamIsSharedOutByHashAndHasDefaultsOfItsOwn() throws IOException {
        DataSource data = read("{'dataset': 'd', 'source': 'stream', 'split': {'test': 0.05}}").toDataSource();
        assertThat(data.source()).isEqualTo(Source.STREAM);
        assertThat(data.split()).isEqualTo(new Split(Split.Policy.HASH, 0.85, 0.05));
        assertThat(data.linger()).contains(DataSource.DEFAULT_LINGER);
        assertThat(data.replay()).contains(0.0);
    }

    @Test
    void whatAStreamIsGivenIsTaken() throws IOException {
        DataSource data = read("{'dataset': 'd', 'source': 'STREAM', 'linger': 'PT2.5S', 'replay': 0.25}").toDataSource();
        assertThat(data.linger()).contains(Duration.ofMillis(2500));
        assertThat(data.replay()).contains(0.25);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "'source': 'stream', 'split': {'policy': 'ordered'} | split.policy must be hash if source is stream: positions need the number of"
                + " examples, which a stream does not have",
        "'source': 'stream', 'linger': 'PT0S'               | must be above zero",
        "'source': 'stream', 'replay': 1                    | must be below 1",
        "'source': 'stream', 'replay': -0.1                 | must be at least 0",
        "'linger': 'PT1S'                                   | linger and replay are for source stream",
        "'file': ' '                                        | must not be blank",
        "'nearDuplicates': 0.2                               | nearDuplicates must be 0.5 to 1, or 0 to turn the search off",
        "'duplicates': 'twice'                               | must be one of once, keep",
        "'source': 'stream', 'duplicates': 'keep'            | duplicates and nearDuplicates are for a dataset: a stream learns a repeated"
                + " instruction once anyway, and is never complete for a comparison",
        "'reading': {'sample': 0}                            | must be above 0",
        "'source': 'stream', 'reading': {'strict': true}     | reading is for a dataset: a stream's examples come as they are",
        "'source': 'stream', 'test': {'dataset': 'e'}        | weight, also, validation and test are for datasets: a stream has only one"
                + " dataset, which it splits",
        "'test': {'dataset': 'e', 'weight': 2}               | validation and test have no weight: they are not learned",
        "'also': [{'dataset': 'e', 'weight': 0}]             | must be above 0",
        "'source': 'file'                                   | must be one of dataset, stream",
    })
    void whatNoStreamCanHaveIsNamed(String fields, String message) throws IOException {
        try (ValidatorFactory validators = Validation.buildDefaultValidatorFactory()) {
            assertThat(validators.getValidator().validate(read("{'dataset': 'd', " + fields + "}")))
                    .extracting(violation -> violation.getMessage())
                    .containsExactly(message);
        }
    }

    private static DataRequest read(String json) throws IOException {
        return Json.MAPPER.readValue(json.replace('\'', '"'), DataRequest.class);
    }
}
