package io.github.costwise.autoconfigure;

import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.costwise.encoding.CachingTextEncoder;
import io.github.costwise.pipeline.AdmittedEncoder;
import io.github.costwise.spi.TextEncoderEmbeddingModel;
import io.github.costwise.spi.TextEncoder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link EncodingAutoConfiguration}.
 */
@Tag("chain")
class EncodingAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(EncodingAutoConfiguration.class))
		.withUserConfiguration(Models.class);

	@Test
	void encodesByNoBeanThatIsNotNamed() {
		this.runner.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(TextEncoder.class));
	}

	@Test
	void encodesByTheNamedBeanAndRemembers() {
		this.runner.withPropertyValues("costwise.embedding.model-bean=small").run((context) -> {
			assertThat(context).hasSingleBean(CachingTextEncoder.class);
			TextEncoder encoder = context.getBean(TextEncoder.class);
			assertThat(encoder.id()).isEqualTo("small:1");
			assertThat(encoder.encode("a")).isEqualTo(new Ones().encode("a"));
			assertThat(encoder.isMultilingual()).isFalse();
		});
	}

	@Test
	void theNamedBeanMayBeDeclaredMultilingual() {
		this.runner.withPropertyValues("costwise.embedding.model-bean=small", "costwise.embedding.multilingual=true")
			.run((context) -> assertThat(context.getBean(TextEncoder.class).isMultilingual()).isTrue());
	}

	@Test
	void remembersNothingIfAskedSoAndCarriesTheVersion() {
		this.runner
			.withPropertyValues("costwise.embedding.model-bean=large", "costwise.embedding.model-version=2026-11",
					"costwise.embedding.cache-size=0")
			.run((context) -> {
				assertThat(context).hasSingleBean(AdmittedEncoder.class);
				assertThat(context.getBean(TextEncoder.class).id()).isEqualTo("large:2026-11");
			});
	}

	@Test
	void backsOffForTheUsersEncoder() {
		this.runner.withUserConfiguration(OwnEncoder.class)
			.withPropertyValues("costwise.embedding.model-bean=small")
			.run((context) -> assertThat(context).hasSingleBean(TextEncoder.class).hasSingleBean(Ones.class));
	}

	@Test
	void isOffWithCostwise() {
		this.runner.withPropertyValues("costwise.embedding.model-bean=small", "costwise.mode=off")
			.run((context) -> assertThat(context).doesNotHaveBean(TextEncoder.class));
	}

	@Test
	void aBeanThatIsNotThereFailsTheStartAndNamesThoseThatAre() {
		this.runner.withPropertyValues("costwise.embedding.model-bean=smal").run((context) -> {
			assertThat(analysis(context).getDescription()).contains("costwise.embedding.model-bean", "'smal'");
			assertThat(analysis(context).getAction()).contains("large, small");
		});
	}

	@Test
	void aNegativeCacheSizeFailsTheStart() {
		this.runner.withPropertyValues("costwise.embedding.model-bean=small", "costwise.embedding.cache-size=-1")
			.run((context) -> assertThat(analysis(context).getDescription()).contains("costwise.embedding.cache-size",
					"-1"));
	}

	private static FailureAnalysis analysis(AssertableApplicationContext context) {
		FailureAnalysis analysis = new CostwiseConfigurationFailureAnalyzer().analyze(context.getStartupFailure());
		assertThat(analysis).isNotNull();
		return analysis;
	}

	@Configuration(proxyBeanMethods = false)
	static class Models {

		@Bean
		EmbeddingModel large() {
			return new TextEncoderEmbeddingModel(new Ones());
		}

		@Bean
		EmbeddingModel small() {
			return new TextEncoderEmbeddingModel(new Ones());
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnEncoder {

		@Bean
		Ones ones() {
			return new Ones();
		}

	}

	/** Encodes every text alike. */
	static class Ones implements TextEncoder {

		@Override
		public float[] encode(String text) {
			return new float[] { 1 };
		}

		@Override
		public List<float[]> encode(List<String> texts) {
			return texts.stream().map(this::encode).toList();
		}

		@Override
		public int dimensions() {
			return 1;
		}

		@Override
		public String id() {
			return "ones";
		}

	}

}
