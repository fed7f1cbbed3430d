package io.github.costwise.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.FileSystemResource;

import io.github.costwise.cache.policy.CacheMode;
import io.github.costwise.pipeline.CostMode;
import io.github.costwise.pipeline.CachePillar;
import io.github.costwise.pipeline.CostPolicies;
import io.github.costwise.testsupport.CostwiseRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that settings with a choice of values are read in every spelling, by conditions
 * as by beans.
 */
@Tag("chain")
class ChoicesTests {

	private final ApplicationContextRunner runner = CostwiseRunner.create();

	@TempDir
	Path folder;

	@ParameterizedTest
	@ValueSource(strings = { "off", "OFF", "Off", "false", "False", "no", "'off'", "\"OFF\"" })
	void yamlSwitchesOff(String value) throws IOException {
		yaml("costwise:\n  mode: " + value + "\n")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(CostPolicies.class));
	}

	@ParameterizedTest
	@CsvSource({ "observe,OBSERVE", "Observe,OBSERVE", "ENFORCE,ENFORCE", "'',ENFORCE" })
	void yamlSetsOtherModes(String value, CostMode mode) throws IOException {
		yaml("costwise:\n  mode: " + value + "\n").run((context) -> {
			assertThat(context).hasNotFailed().hasSingleBean(CostPolicies.class);
			assertThat(context.getBean(CostwiseProperties.class).getMode()).isEqualTo(mode);
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "off", "OFF", "false" })
	void theEnvironmentSwitchesOff(String value) {
		this.runner
			.withInitializer((context) -> context.getEnvironment()
				.getPropertySources()
				.addFirst(new SystemEnvironmentPropertySource("own-systemEnvironment", Map.of("COSTWISE_MODE", value))))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(CostPolicies.class));
	}

	@Test
	void aPolicyIsSwitchedOffByYaml() throws IOException {
		yaml("costwise:\n  policies:\n    p:\n      cache:\n        mode: off\n")
			.run((context) -> assertThat(CachePillar.POLICY.of(context.getBean(CostPolicies.class).get("p")).mode())
				.isEqualTo(CacheMode.OFF));
	}

	@ParameterizedTest
	@CsvSource({ "costwise.mode,maybe,'enforce, observe, off'", "costwise.mode,true,'enforce, observe, off'",
			"costwise.ledger.type,postgres,'memory, jdbc'",
			"costwise.cache.store,pgvector,'memory, redis, vector-store'",
			"costwise.cache.store,off,'memory, redis, vector-store'" })
	void anotherValueStopsTheStartWithAllThereAre(String name, String value, String choices) {
		this.runner.withPropertyValues(name + "=" + value).run((context) -> {
			FailureAnalysis analysis = FailureAnalyses.of(context.getStartupFailure());
			assertThat(analysis.getDescription()).contains("'" + name + "' is '" + value + "'");
			assertThat(analysis.getAction()).contains("one of: " + choices);
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "vector-store", "vectorStore", "VECTOR_STORE", "Vector-Store", "vectorstore" })
	void aChoiceIsReadInEverySpelling(String value) {
		this.runner.withPropertyValues("costwise.cache.store=" + value)
			.run((context) -> assertThat(FailureAnalyses.of(context.getStartupFailure()).getDescription())
				.contains("vector-store, but"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "jdbc", "JDBC", "Jdbc" })
	void theLedgerIsReadInEverySpelling(String value) {
		this.runner.withPropertyValues("costwise.ledger.type=" + value)
			.run((context) -> assertThat(FailureAnalyses.of(context.getStartupFailure()).getDescription())
				.contains("costwise.ledger.type is jdbc, but"));
	}

	@Test
	void aBlankSettingIsNoneToConditions() {
		this.runner
			.withPropertyValues("costwise.embedding.model-bean=", "costwise.cache.traffic.learn-from=",
					"costwise.routing.labels.file=", "costwise.fallback.provider-retries=",
					"costwise.pricing.litellm.location=")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	private ApplicationContextRunner yaml(String text) throws IOException {
		Path file = Files.writeString(this.folder.resolve("application.yml"), text);
		PropertySource<?> source = new YamlPropertySourceLoader().load("file", new FileSystemResource(file)).get(0);
		return this.runner.withInitializer((context) -> {
			assertThat(source).isInstanceOf(MapPropertySource.class);
			context.getEnvironment().getPropertySources().addLast(source);
		});
	}

}
