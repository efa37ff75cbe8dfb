// For another page: `<script type="module" src="https://mesh.example/embed.js"></script>` and `<wayscope-mesh>`.
import { register } from "./wayscope-mesh.js";

register();
