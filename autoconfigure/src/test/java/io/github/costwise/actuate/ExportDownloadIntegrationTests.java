package io.github.costwise.actuate;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import io.github.costwise.spi.UsageLedger;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the name of an exported file, in servers of both kinds, at every address that
 * Actuator can be given.
 */
@Tag("chain")
class ExportDownloadIntegrationTests {

	private static final HttpClient client = HttpClient.newHttpClient();

	@ParameterizedTest
	@CsvSource({ "SERVLET,/actuator/costexport,", "REACTIVE,/actuator/costexport,",
			"SERVLET,/actuator/costexport,management.server.port=0",
			"REACTIVE,/actuator/costexport,management.server.port=0",
			"SERVLET,/ops/bill,management.endpoints.web.base-path=/ops management.endpoints.web.path-mapping.costexport=bill",
			"REACTIVE,/ops/bill,management.endpoints.web.base-path=/ops management.endpoints.web.path-mapping.costexport=bill",
			"SERVLET,/own/costexport,management.server.port=0 management.server.base-path=/own management.endpoints.web.base-path=/",
			"REACTIVE,/own/costexport,management.server.port=0 management.server.base-path=/own management.endpoints.web.base-path=/",
			"SERVLET,/app/mvc/actuator/costexport,server.servlet.context-path=/app spring.mvc.servlet.path=/mvc",
			"REACTIVE,/app/actuator/costexport,spring.webflux.base-path=/app" })
	void namesTheFileAtEveryAddress(WebApplicationType type, String path, String settings) throws Exception {
		try (ConfigurableApplicationContext context = start(type, settings)) {
			String management = context.getEnvironment().getProperty("local.management.port");
			String port = context.getEnvironment().getProperty("local.server.port");
			URI export = URI.create("http://localhost:" + ((management != null) ? management : port) + path);
			assertThat(name(get(export))).hasValue("attachment; filename=\"costs-calls.csv\"");
			assertThat(name(get(URI.create(export + "?format=Focus"))))
				.hasValue("attachment; filename=\"costs-focus.csv\"");
			HttpResponse<String> refused = get(URI.create(export + "?format=xls"));
			assertThat(refused.statusCode()).isEqualTo(400);
			assertThat(name(refused)).isEmpty();
			HttpResponse<String> costs = get(export.resolve("costevents?format=focus"));
			assertThat(costs.statusCode()).isEqualTo(200);
			assertThat(name(costs)).isEmpty();
			assertThat(name(get(export.resolve("costexport/other")))).isEmpty();
		}
	}

	@ParameterizedTest
	@CsvSource({ "SERVLET", "REACTIVE" })
	void leavesFilesOfTheApplicationAlone(WebApplicationType type) throws Exception {
		try (ConfigurableApplicationContext context = start(type, "management.server.port=0")) {
			String port = context.getEnvironment().getProperty("local.server.port");
			HttpResponse<String> own = get(URI.create("http://localhost:" + port + "/actuator/costexport"));
			assertThat(own.body()).isEqualTo("a,b");
			assertThat(name(own)).isEmpty();
		}
	}

	private static ConfigurableApplicationContext start(WebApplicationType type, String settings) {
		List<String> arguments = new ArrayList<>(List.of("--server.port=0",
				"--management.endpoints.web.exposure.include=*", "--spring.ai.model.chat=none",
				"--spring.ai.model.embedding=none", "--spring.ai.model.image=none", "--spring.ai.model.audio=none",
				"--spring.ai.model.audio.speech=none", "--spring.ai.model.audio.transcription=none",
				"--spring.ai.model.moderation=none", "--spring.main.banner-mode=off"));
		Optional.ofNullable(settings)
			.ifPresent((text) -> List.of(text.split(" ")).forEach((setting) -> arguments.add("--" + setting)));
		return new SpringApplicationBuilder(Application.class).web(type).run(arguments.toArray(String[]::new));
	}

	private static HttpResponse<String> get(URI address) throws Exception {
		return client.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
	}

	private static Optional<String> name(HttpResponse<String> response) {
		return response.headers().firstValue("Content-Disposition");
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		UsageLedger ledger() {
			return new ListLedger();
		}

		@Bean
		Files files() {
			return new Files();
		}

	}

	@RestController
	static class Files {

		@GetMapping("/actuator/costexport")
		ResponseEntity<String> file() {
			return ResponseEntity.ok().contentType(MediaType.parseMediaType("text/csv")).body("a,b");
		}

	}

}
