package io.github.costwise.embedding.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

import org.apache.commons.logging.LogFactory;
import org.junit.jupiter.api.Tag;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.support.SpringFactoriesLoader;

import io.github.costwise.autoconfigure.EncodingAutoConfiguration;
import io.github.costwise.autoconfigure.FaultsAutoConfiguration;
import io.github.costwise.embedding.OnnxTextEncoder;
import io.github.costwise.encoding.CachingTextEncoder;
import io.github.costwise.pipeline.AdmittedEncoder;
import io.github.costwise.spi.TextEncoderEmbeddingModel;
import io.github.costwise.spi.TextEncoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Tests for {@link EmbeddingAutoConfiguration}.
 */
@Timeout(60)
@Tag("chain")
class EmbeddingAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner().withConfiguration(AutoConfigurations
		.of(FaultsAutoConfiguration.class, EncodingAutoConfiguration.class, EmbeddingAutoConfiguration.class));

	@Test
	void isOnByDefaultRemembersAndLoadsNothingAtStart() {
		this.runner.run((context) -> {
			assertThat(context).hasSingleBean(TextEncoder.class).hasSingleBean(CachingTextEncoder.class);
			assertThat(context).doesNotHaveBean(EmbeddingModel.class);
			assertThat(encoder(context).isReady()).isFalse();
			CachingTextEncoder remembering = context.getBean(CachingTextEncoder.class);
			assertThat(remembering.encode("a")).hasSize(384).isEqualTo(remembering.encode("a"));
			assertThat(remembering.hits()).isOne();
			assertThat(encoder(context).isReady()).isTrue();
		});
	}

	@Test
	void loadsInTheBackgroundOnceTheApplicationIsReady() {
		this.runner.run((context) -> {
			ready(context);
			Awaitility.await().pollInSameThread().atMost(Duration.ofSeconds(60)).until(encoder(context)::isReady);
		});
	}

	@Test
	void waitsForTheFirstTextIfAskedSo() {
		this.runner.withPropertyValues("costwise.embedding.warm-up=false").run((context) -> {
			ready(context);
			assertThat(Thread.getAllStackTraces().keySet()).extracting(Thread::getName)
				.noneMatch((name) -> name.startsWith("costwise-encoder-start"));
			assertThat(encoder(context).isReady()).isFalse();
		});
	}

	@Test
	void closesWithTheApplication() {
		OnnxTextEncoder[] held = new OnnxTextEncoder[1];
		this.runner.run((context) -> {
			held[0] = encoder(context);
			held[0].encode("a");
		});
		assertThat(catchThrowable(() -> held[0].encode("a"))).hasMessageContaining("closed");
	}

	@ParameterizedTest
	@CsvSource({ "costwise.embedding.enabled=false", "costwise.mode=off" })
	void isOffByProperty(String property) {
		this.runner.withPropertyValues(property)
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(TextEncoder.class));
	}

	@Test
	void backsOffForTheUsersEncoderAndForANamedModel() {
		this.runner.withUserConfiguration(OwnEncoder.class)
			.run((context) -> assertThat(context).hasSingleBean(TextEncoder.class)
				.doesNotHaveBean(EncoderWarmUp.class));
		this.runner.withUserConfiguration(OwnModel.class)
			.withPropertyValues("costwise.embedding.model-bean=mine", "costwise.embedding.cache-size=0")
			.run((context) -> assertThat(context).hasSingleBean(AdmittedEncoder.class)
				.hasSingleBean(TextEncoder.class)
				.doesNotHaveBean(EncoderWarmUp.class));
	}

	@ParameterizedTest
	@CsvSource({ "ai.onnxruntime", "ai.djl" })
	void startsWithoutTheLibraries(String packageName) {
		this.runner.withClassLoader(new FilteredClassLoader(packageName))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(TextEncoder.class));
	}

	@Test
	void settingsReachTheEncoder() {
		this.runner
			.withPropertyValues("costwise.embedding.max-tokens=4", "costwise.embedding.pooling=cls",
					"costwise.embedding.threads=1", "costwise.embedding.cache-size=0")
			.run((context) -> {
				TextEncoder encoder = context.getBean(TextEncoder.class);
				assertThat(encoder).isInstanceOf(OnnxTextEncoder.class);
				assertThat(encoder.id()).endsWith(":cls:4");
				assertThat(encoder.encode("one two three")).isEqualTo(encoder.encode("one two"));
			});
	}

	@ParameterizedTest
	@CsvSource({ "model,file:/does/not/exist.onnx,exist.onnx",
			"tokenizer,classpath:no-tokenizer.json,no-tokenizer.json", "max-tokens,2,is 2", "threads,-1,is -1",
			"batch-size,0,is 0", "cache-size,-1,is -1" })
	void aWrongValueFailsTheStartAndSaysWhatToChange(String property, String value, String problem) {
		this.runner.withPropertyValues("costwise.embedding." + property + "=" + value).run((context) -> {
			FailureAnalysis analysis = analysis(context);
			assertThat(analysis.getDescription()).contains("costwise.embedding." + property, problem);
			assertThat(analysis.getAction()).contains("Set ");
		});
	}

	@Test
	void aPlatformWithoutNativeCodeFailsTheStart() {
		String os = System.getProperty("os.name");
		System.setProperty("os.name", "Plan 9");
		try {
			this.runner
				.run((context) -> assertThat(analysis(context).getDescription()).contains("no native code for plan 9"));
		}
		finally {
			System.setProperty("os.name", os);
		}
	}

	private static OnnxTextEncoder encoder(AssertableApplicationContext context) {
		return context.getBean(EncoderWarmUp.class).encoder();
	}

	private static void ready(AssertableApplicationContext context) {
		context.publishEvent(new ApplicationReadyEvent(new SpringApplication(), new String[0],
				context.getSourceApplicationContext(ConfigurableApplicationContext.class), null));
	}

	private static FailureAnalysis analysis(AssertableApplicationContext context) {
		List<FailureAnalyzer> analyzers = SpringFactoriesLoader.forDefaultResourceLocation()
			.load(FailureAnalyzer.class, SpringFactoriesLoader.FailureHandler.logging(LogFactory.getLog("test")));
		return analyzers.stream()
			.filter((analyzer) -> analyzer.getClass().getName().startsWith("io.github.costwise."))
			.map((analyzer) -> analyzer.analyze(context.getStartupFailure()))
			.filter(Objects::nonNull)
			.findFirst()
			.orElseThrow();
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnEncoder {

		@Bean
		TextEncoder mine() {
			return new Ones();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnModel {

		@Bean
		EmbeddingModel mine() {
			return new TextEncoderEmbeddingModel(new Ones());
		}

	}

	/** Encodes every text alike. */
	static class Ones implements TextEncoder {

		@Override
		public float[] encode(String text) {
			return new float[] { 1 };
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
