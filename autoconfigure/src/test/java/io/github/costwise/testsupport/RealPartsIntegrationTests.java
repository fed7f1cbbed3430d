package io.github.costwise.testsupport;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One look at each real part.
 */
@Tag("chain")
class RealPartsIntegrationTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	@Test
	@RequiresRealPart(RealPart.POSTGRES)
	void postgresComparesVectors() throws SQLException {
		try (Connection connection = DriverManager.getConnection(RealParts.freshPostgres())) {
			connection.createStatement().execute("create extension vector");
			ResultSet result = connection.createStatement().executeQuery("select '[1,0]'::vector <=> '[0,1]'::vector");
			assertThat(result.next()).isTrue();
			assertThat(result.getInt(1)).isOne();
		}
	}

	@Test
	@RequiresRealPart(RealPart.POSTGRES)
	void everyFreshDatabaseIsItsOwn() {
		assertThat(RealParts.freshPostgres()).isNotEqualTo(RealParts.freshPostgres()).contains("/costwise_");
	}

	@Test
	@RequiresRealPart(RealPart.REDIS_STACK)
	void redisStackHasTheQueryEngineAndJson() throws IOException {
		assertThat(ask(RealParts.redisStack(), "PING")).startsWith("+PONG");
		assertThat(ask(RealParts.redisStack(), "FT._LIST")).startsWith("*");
		assertThat(ask(RealParts.redisStack(), "JSON.GET costwise:absent")).startsWith("$-1");
	}

	@Test
	@RequiresRealPart(RealPart.REDIS)
	void plainRedisHasNoModules() throws IOException {
		assertThat(ask(RealParts.redis(), "PING")).startsWith("+PONG");
		assertThat(ask(RealParts.redis(), "FT._LIST")).startsWith("-ERR unknown command");
	}

	@Test
	@RequiresRealPart(RealPart.LLM)
	void theModelReportsUsage() throws Exception {
		RealModel model = RealParts.llm();
		String body = """
				{"model": "%s", "max_tokens": 4, "messages": [{"role": "user", "content": "Say hello"}]}
				""".formatted(model.name());
		HttpRequest request = HttpRequest.newBuilder(URI.create(model.baseUrl() + "/chat/completions"))
			.timeout(PATIENCE)
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(body))
			.build();
		HttpResponse<String> response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body()).containsPattern("\"prompt_tokens\":\\s*[1-9]");
	}

	@Test
	@RequiresRealPart(RealPart.CHROMIUM)
	void browserAndDriverAreOfOneVersion() throws Exception {
		RealBrowser browser = RealParts.chromium();
		String binary = Commands.run(PATIENCE, browser.binary().toString(), "--version", "--no-sandbox");
		String driver = Commands.run(PATIENCE, browser.driver().toString(), "--version");
		assertThat(majorVersion(binary)).isEqualTo(majorVersion(driver));
	}

	private static String majorVersion(String text) {
		return text.replaceAll("(?s).*?(\\d+)\\.\\d+\\.\\d+.*", "$1");
	}

	private static String ask(URI address, String command) throws IOException {
		try (Socket socket = new Socket(address.getHost(), address.getPort())) {
			socket.setSoTimeout((int) PATIENCE.toMillis());
			socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
			byte[] answer = new byte[256];
			int length = socket.getInputStream().read(answer);
			return new String(answer, 0, length, StandardCharsets.US_ASCII);
		}
	}

}
