package io.github.costwise.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.test.context.support.TestPropertySourceUtils;

import io.github.costwise.pipeline.CostPolicies;
import io.github.costwise.testsupport.CostwiseRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Tests that a property below {@code costwise} is a setting or stops the start, wherever
 * it is set.
 */
@ExtendWith(OutputCaptureExtension.class)
@Tag("chain")
class UnknownSettingsTests {

	private final ApplicationContextRunner runner = CostwiseRunner.create();

	@TempDir
	Path folder;

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "costwise.mod|costwise.mode", "costwise.polices.p.max-calls|costwise.policies.p.max-calls",
					"costwise.policies.p.max-cals|costwise.policies.p.max-calls",
					"costwise.policies.p.cache.mod|costwise.policies.p.cache.mode",
					"costwise.policies.p.cache.semantic.enable|costwise.policies.p.cache.semantic.enabled",
					"costwise.policies.p.routing.rules[0].nam|costwise.policies.p.routing.rules[0].name",
					"costwise.ledger.typ|costwise.ledger.type", "costwise.cache.stroe|costwise.cache.store",
					"costwise.cache.memory.max-entrys|costwise.cache.memory.max-entries",
					"costwise.cache.redis.timout|costwise.cache.redis.timeout",
					"costwise.ledger.jdbc.batchsizes|costwise.ledger.jdbc.batch-size",
					"costwise.fallback.provider-retrys|costwise.fallback.provider-retries",
					"costwise.fallbak.provider-retries|costwise.fallback.provider-retries",
					"costwise.pricing.models[0].modell|costwise.pricing.models[0].model",
					"costwise.routing.tiers.light.targets[0].modle|costwise.routing.tiers.light.targets[0].model",
					"costwise.routing.tier.light.level|costwise.routing.tiers.light.level",
					"costwise.embedding.model-bena|costwise.embedding.model-bean",
					"costwise.chat.defaultmodell|costwise.chat.default-model" })
	void aMisspeltNameStopsTheStartWithTheNearest(String name, String meant) {
		FailureAnalysis analysis = analysis(name + "=1");
		assertThat(analysis.getDescription()).contains("'" + name + "'").contains("names no setting of Costwise");
		assertThat(analysis.getAction()).contains("Did you mean '" + meant + "'?");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "costwise.enabled|mode, policies", "costwise.budget.daily-usd|budgets",
					"costwise.ledger.xyz|type, memory, jdbc", "costwise.policies.p.xyz|max-calls",
					"costwise.ledger.type.x|nothing below 'costwise.ledger.type'",
					"costwise.pricing.models.first.model|Number the elements, costwise.pricing.models[0]" })
	void aNameThatIsLikeNoneStopsTheStartWithAllThereAre(String name, String known) {
		FailureAnalysis analysis = analysis(name + "=1");
		assertThat(analysis.getDescription()).contains("'" + name + "'");
		assertThat(analysis.getAction()).contains(known.split(", "));
	}

	@Test
	void aPriceThatWouldBeLeftOutIsNamed() {
		FailureAnalysis analysis = analysis("costwise.pricing.models[0].cached=0.1",
				"costwise.pricing.models[0].provider=openai", "costwise.pricing.models[0].model=gpt-9");
		assertThat(analysis.getDescription()).contains("costwise.pricing.models[0].cached");
	}

	@Test
	void allWrongNamesAreReportedAtOnce() {
		assertThat(analysis("costwise.mod=off", "costwise.cache.stroe=redis").getDescription())
			.contains("'costwise.mod'", "'costwise.cache.stroe'");
	}

	@ParameterizedTest
	@ValueSource(strings = { "costwise.policies.my-policy.cache.allowed-tools=a,b",
			"costwise.policies.p.cache.allowedTools[0]=a", "costwise.policies[with.points].max-calls=3",
			"COSTWISE.LEDGER.TYPE=memory", "costwise.cache.memory.maxEntries=9", "costwise.cache.memory.max_entries=9",
			"costwise.accounting.providers.gateway=openai", "costwise.accounting.providers[gateway.example.com]=openai",
			"costwise.ledger=", "costwise.policies.p=", "costwise.cache.redis.timeout=1s",
			"costwise.ledger.jdbc.batch-size=5", "costwisdom.mode=off", "costwise=" })
	void aSettingInAnySpellingIsTaken(String property) {
		this.runner.withPropertyValues(property).run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void aGroupTakesNoValue() {
		assertThat(analysis("costwise.ledger=jdbc").getDescription()).contains("'costwise.ledger'", "takes no value");
	}

	@Test
	void offMeansThatNothingIsLookedAt() {
		this.runner.withPropertyValues("costwise.mode=off", "costwise.xyz=1")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(CostPolicies.class));
	}

	@Test
	void ofTheEnvironmentItWarnsOnce(CapturedOutput output) {
		this.runner
			.withInitializer((context) -> context.getEnvironment()
				.getPropertySources()
				.addFirst(new SystemEnvironmentPropertySource("own-systemEnvironment",
						Map.of("COSTWISE_SERVICE_HOST", "10.0.0.1", "COSTWISE_PORT", "tcp://10.0.0.1:80",
								"COSTWISE_PORT_80_TCP_ADDR", "10.0.0.1", "COSTWISE_LEDGER_TYPE", "memory",
								"COSTWISE_POLICIES_P_MAX_CALLS", "3", "COSTWISE_POLICIES_P_CACHE_ALLOWEDTOOLS_0", "a",
								"COSTWISE_CACHE_MEMORY_MAXENTRIES", "9", "COSTWISE_CACHE_STROE", "redis"))))
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(output.toString().split("are no settings of Costwise", -1)).hasSize(2);
		assertThat(output).contains("COSTWISE_SERVICE_HOST", "COSTWISE_PORT_80_TCP_ADDR", "COSTWISE_CACHE_STROE")
			.doesNotContain("COSTWISE_LEDGER_TYPE", "COSTWISE_POLICIES", "MAXENTRIES");
	}

	@ParameterizedTest
	@ValueSource(strings = { "application.yml", "application-extra.yml", "application.properties", "imported.yml" })
	void filesAreRead(String name) throws IOException {
		String text = name.endsWith(".properties") ? "costwise.cache.stroe=redis"
				: "costwise:\n  cache:\n    stroe: redis\n";
		Files.writeString(this.folder.resolve(name), text);
		FailureAnalysis analysis = start(Map.of(), "--spring.config.location=" + this.folder + "/",
				"--spring.profiles.active=extra",
				"--spring.config.import=optional:file:" + this.folder.resolve("imported.yml"));
		assertThat(analysis.getDescription()).contains("'costwise.cache.stroe'").contains(name);
		assertThat(analysis.getAction()).contains("costwise.cache.store");
	}

	@Test
	void argumentsDefaultsAndTestPropertiesAreRead() {
		assertThat(start(Map.of(), "--costwise.mod=off").getDescription()).contains("'costwise.mod'");
		assertThat(start(Map.of("costwise.mod", "off")).getDescription()).contains("'costwise.mod'");
		this.runner
			.withInitializer(
					(context) -> TestPropertySourceUtils.addInlinedPropertiesToEnvironment(context, "costwise.mod=off"))
			.run((context) -> assertThat(FailureAnalyses.of(context.getStartupFailure()).getDescription())
				.contains("'costwise.mod'"));
		this.runner.withSystemProperties("costwise.mod=off")
			.run((context) -> assertThat(FailureAnalyses.of(context.getStartupFailure()).getDescription())
				.contains("'costwise.mod'"));
	}

	@Test
	void everyClassThatPropertiesAreBoundToIsKnown() {
		ClassPathScanningCandidateComponentProvider scanner = new ClassPathScanningCandidateComponentProvider(false);
		scanner.addIncludeFilter(new AnnotationTypeFilter(ConfigurationProperties.class));
		List<String> found = scanner.findCandidateComponents("io.github.costwise.autoconfigure")
			.stream()
			.map((definition) -> String.valueOf(definition.getBeanClassName()))
			.toList();
		assertThat(found).isNotEmpty();
		assertThat(SettingTypes.types(getClass().getClassLoader()).stream().map(Class::getName))
			.containsExactlyInAnyOrderElementsOf(found);
	}

	@Test
	void everyDocumentedSettingIsKnown() throws IOException {
		SettingNode root = SettingTypes.tree(getClass().getClassLoader());
		List<String> names = documented();
		assertThat(names).hasSizeGreaterThan(50);
		assertThat(names).allSatisfy(
				(name) -> assertThat(new SettingName(ConfigurationPropertyName.of(name), false).lookUp(root, true))
					.isNull());
	}

	private static List<String> documented() throws IOException {
		List<String> names = new ArrayList<>();
		for (Resource metadata : new PathMatchingResourcePatternResolver()
			.getResources("classpath*:META-INF/spring-configuration-metadata.json")) {
			try (InputStream stream = metadata.getInputStream()) {
				for (JsonNode property : JsonMapper.shared().readTree(stream).path("properties")) {
					String name = property.path("name").asString();
					if (name.startsWith("costwise.")) {
						names.add(name);
					}
				}
			}
		}
		return names;
	}

	private FailureAnalysis analysis(String... properties) {
		List<FailureAnalysis> analyses = new ArrayList<>();
		this.runner.withPropertyValues(properties)
			.run((context) -> analyses.add(FailureAnalyses.of(context.getStartupFailure())));
		return analyses.get(0);
	}

	private static FailureAnalysis start(Map<String, Object> defaults, String... arguments) {
		SpringApplication application = new SpringApplication(Application.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		application.setDefaultProperties(defaults);
		Throwable failure = catchThrowable(() -> {
			try (ConfigurableApplicationContext context = application.run(arguments)) {
				assertThat(context.isActive()).isTrue();
			}
		});
		return FailureAnalyses.of(Objects.requireNonNull(failure, "The start did not fail"));
	}

	@Configuration(proxyBeanMethods = false)
	@Import({ CostwiseAutoConfiguration.class, FaultsAutoConfiguration.class, LedgerAutoConfiguration.class,
			UsageAutoConfiguration.class, PricingAutoConfiguration.class })
	static class Application {

	}

}
