using BekenImage.Cli;

return Application.Run(args);
