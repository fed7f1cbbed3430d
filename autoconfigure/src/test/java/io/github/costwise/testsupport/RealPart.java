package io.github.costwise.testsupport;

/**
 * A part of the real world that a test can ask for.
 *
 * @since 0.1.0
 */
public enum RealPart {

	/** PostgreSQL with the extension pgvector. */
	POSTGRES("COSTWISE_TEST_POSTGRES=jdbc:postgresql://...", "start Docker, or install python3 with its venv module"),

	/** MariaDB. */
	MARIADB("COSTWISE_TEST_MARIADB=jdbc:mariadb://...",
			"install mariadb-server-core and mariadb-client-core, or start Docker"),

	/** Redis with the Query Engine and JSON modules. */
	REDIS_STACK("COSTWISE_TEST_REDIS_STACK=redis://...", "start Docker, or install python3 with its venv module"),

	/** Redis without modules. */
	REDIS("COSTWISE_TEST_REDIS=redis://...", "install redis-server, or start Docker"),

	/** Redis of the oldest version that budgets can be kept in. */
	REDIS_6("COSTWISE_TEST_REDIS_6=redis://...", "install python3 with its venv module"),

	/** Valkey. */
	VALKEY("COSTWISE_TEST_VALKEY=redis://...", "install python3 with its venv module"),

	/** A small language model behind the OpenAI protocol. */
	LLM("COSTWISE_TEST_LLM=http://.../v1",
			"install python3 (3.11 or newer) with its venv module and a C++ compiler, because the server is compiled once"),

	/** Chromium and its WebDriver server. */
	CHROMIUM("COSTWISE_TEST_CHROMIUM and COSTWISE_TEST_CHROMEDRIVER (paths)", "install chromium and chromium-driver");

	private final String address;

	private final String remedy;

	RealPart(String address, String remedy) {
		this.address = address;
		this.remedy = remedy;
	}

	String hint() {
		return "Set " + this.address + ", or " + this.remedy + ".";
	}

}
