package io.github.costwise.routing;

import java.util.Random;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.github.costwise.CostwiseConfigurationException;
import io.github.costwise.model.RoutingScore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Tag("unit")
class RoutingModelTests {

	private static final String TEXT = "Prove that 17 is prime.\nA. yes\nB. no";

	@Test
	void readsBackAsItWasWritten() {
		Random random = new Random(42);
		for (int i = 0; i < 100; i++) {
			RoutingModel model = TestModels.random(random);
			RoutingModel read = RoutingModel.read(model.write());
			float[] vector = TestModels.vector(random);
			assertThat(read.write()).isEqualTo(model.write());
			assertThat(read.score(TEXT, vector)).isEqualTo(model.score(TEXT, vector));
			assertThat(read.score(TEXT, null)).isEqualTo(model.score(TEXT, null));
		}
	}

	@Test
	void shipsAModelThatNamesItsDataAndEncoder() {
		RoutingModel shipped = RoutingModel.shipped();
		assertThat(shipped.training()).hasSize(4).allSatisfy((name) -> assertThat(name).containsAnyOf("MIT", "Apache"));
		assertThat(shipped.encoded()).isNotNull();
		assertThat(shipped.encoded().encoder()).startsWith("all-minilm-l6-v2");
		assertThat(shipped.forEncoder("another").encoded()).isNull();
		RoutingScore easy = shipped.score("Hi, how are you?", null);
		RoutingScore hard = shipped.score("Compare these contracts clause by clause. ".repeat(100), null);
		assertThat(easy.difficulty()).isLessThan(hard.difficulty());
		assertThat(easy.encoded()).isFalse();
	}

	@Test
	void refusesWhatItCannotRead() {
		for (String text : new String[] { "", "costwise-routing-model 9", "costwise-routing-model 1\nversion 1",
				TestModels.length().write().replace("plain.link 2.0", "plain.link -2.0") }) {
			assertThatExceptionOfType(CostwiseConfigurationException.class).isThrownBy(() -> RoutingModel.read(text));
		}
	}

	@Test
	void featuresCountWhatTheyName() {
		double[] values = RequestFeatures.of("What is 3.5 + 4?\nA. seven\nB. SEVEN and a half\n").values();
		assertThat(Math.expm1(values[RequestFeatures.NAMES.indexOf("logOptions")])).isCloseTo(2, within());
		assertThat(Math.expm1(values[RequestFeatures.NAMES.indexOf("logNumbers")])).isCloseTo(2, within());
		assertThat(Math.expm1(values[RequestFeatures.NAMES.indexOf("logQuestions")])).isCloseTo(1, within());
		assertThat(Math.expm1(values[RequestFeatures.NAMES.indexOf("logLines")])).isCloseTo(3, within());
		assertThat(Math.expm1(values[RequestFeatures.NAMES.indexOf("logOperators")])).isCloseTo(1, within());
	}

	private static org.assertj.core.data.Offset<Double> within() {
		return org.assertj.core.data.Offset.offset(1e-9);
	}

}
